"""Attestations as QR pictures, and as a page to be printed and sealed."""

from __future__ import annotations

import datetime
import io
import os
import zoneinfo
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

import fpdf
import segno
from fpdf.enums import WrapMode
from fontTools.ttLib import TTCollection, TTFont, TTLibError

from ._core import VolunteerNumberKind, holds_id_card_number, hours_text, is_showable
from .errors import Error

if TYPE_CHECKING:
    from ._core import Attestation, NamedSeconds

Colour = tuple[int, int, int]
RED, INK, GREY, RULE = (150, 24, 24), (25, 25, 25), (105, 105, 105), (214, 204, 194)
LEFT, WIDTH = 22.0, 166.0  # mm, of A4
FACTS_TOP, FACTS_END = 95.0, 184.0
LABELS, ENGLISH = 50.0, 23.0  # where the values and the English labels begin
SCALES = [step / 20 for step in range(20, 13, -1)]  # of letters, until they fit and can still be read
SIGNS, SIGNS_WIDTH, SIGNS_HEIGHT = LEFT + 36, 80.0, 7.2  # where the issuer signs, left of the seal
QR_SIDE = 52.0
NO_BREAK = "\u00a0"

# Files of free Chinese fonts, the best looking in print first.
FONTS = (
    "NotoSerifCJK-Regular",
    "NotoSerifSC-Regular",
    "SourceHanSerif*Regular",
    "NotoSansCJK-Regular",
    "NotoSansSC-Regular",
    "SourceHanSans*Regular",
    "wqy-microhei",
    "wqy-zenhei",
    "uming",
    "DroidSansFallbackFull",
)
FONT_FOLDERS = (
    "~/.local/share/fonts",
    "~/.fonts",
    "/usr/local/share/fonts",
    "/usr/share/fonts",
)

SOURCES = {
    "clock": "打卡签到 clocked",
    "organisation": "组织录入 entered by the organisation",
    "declared": "本人申报 declared",
    "backfilled": "补录 back-filled",
}
OTHER = "其他 other"
HOW_TO_VERIFY = (
    "如何核验 How to verify",
    "扫描二维码，得到以 JD1: 开头的文字，存为文件，再用出具单位的公钥和最新的撤销名单核验，无需联网："
    "jiedui attest verify 文件 --key 公钥文件 --list 名单文件。"
    "公钥和名单须从出具单位取得，不得取自本页。公钥开头为 {mark}。",
    "Scan the picture, save the text that begins with JD1: as a file, and check it offline with the issuer's public "
    "key and current revocation list: jiedui attest verify FILE --key KEY --list LIST. Get key and list from the issuer, "
    "never from this page. The key begins with {mark}.",
)
WHAT_IT_DOES_NOT_SAY = (
    "本证明不说明 What it does not say",
    "不含身份证号码和服务对象的任何信息，不评价服务质量，不折算报酬。账目此后可能更正，以最新撤销名单为准。"
    "数字签名不含负责人、经办人、联系方式和印章。",
    "No identity-card number, nothing of those served, no judgement of quality, no claim to pay. The books may be "
    "corrected later: the current list decides. Head, handler, contact and seal are not part of the digital signature.",
)
LAW = (
    "依据《志愿服务条例》第十九条无偿出具 · "
    "Issued free of charge under article 19 of the Regulations on Voluntary Service"
)


def qr(attestation: Attestation, path: str | os.PathLike[str] | None = None) -> segno.QRCode:
    """The QR picture; see Attestation.qr."""
    code = segno.make_qr(attestation.text, mode="alphanumeric", error="m")
    if path is not None:
        code.save(os.fspath(path), scale=6, border=4)
    return code


def pdf(
    attestation: Attestation,
    path: str | os.PathLike[str],
    *,
    head: str | None = None,
    handler: str | None = None,
    contact: str | None = None,
    font: str | os.PathLike[str] | None = None,
) -> None:
    """The page; see Attestation.pdf."""
    facts = list(_facts(attestation))
    signs = [
        _Sign("负责人", "Head", _signed("head", head)),
        _Sign("经办人", "Handler", _signed("handler", handler)),
        _Sign("联系方式", "Contact", _signed("contact", contact)),
    ]
    how = [text.format(mark=attestation.key_mark) for text in HOW_TO_VERIFY]
    written = [word for fact in facts for word in fact] + [sign.value for sign in signs]
    face = _face(font, "".join([*written, *how, *WHAT_IT_DOES_NOT_SAY, attestation.issuer_name, LAW]))
    page = _Page(attestation, face)
    page.frame()
    page.heading(attestation)
    page.facts(facts)
    page.proof(attestation, how)
    page.signatures(signs)
    page.output(os.fspath(path))


def _signed(place: str, text: str | None) -> str:
    """A text that is not signed with the key, and held to the same rules."""
    if text is None or text == "":
        return ""
    if holds_id_card_number(text):
        raise Error(
            "attestation_id_card",
            place,
            "the text holds the number of an identity card",
            "a name, a telephone number, an address",
            "leave it out",
        )
    if not is_showable(text):
        raise Error(
            "attestation_text_invalid",
            place,
            "the text cannot be shown",
            "at most 200 bytes of UTF-8 without control or invisible characters",
            "mend the text, or leave it out",
        )
    return text


class _Sign(NamedTuple):
    chinese: str
    english: str
    value: str


class _Fact(NamedTuple):
    chinese: str
    english: str
    value: str


def _facts(attestation: Attestation) -> Iterator[_Fact]:
    national = attestation.number_kind is VolunteerNumberKind.national
    if attestation.name:
        yield _Fact("姓名", "Name", attestation.name)
    number = ("志愿者编号", "Volunteer number") if national else ("匿名编号", "Pseudonym")
    yield _Fact(*number, attestation.number)
    period = attestation.period
    yield _Fact("服务期间", "Period", f"{period.first} 至 to {period.last}  ({attestation.zone})")
    yield from _parts("服务内容", "By item", _named(attestation.items))
    yield from _parts("服务组织", "By organisation", _named(attestation.organisations))
    sources = [("" if part.source is None else part.source.name, part.seconds) for part in attestation.sources]
    yield from _parts("记录来源", "By source", ((SOURCES.get(name, OTHER), seconds) for name, seconds in sources))
    one_year = period.first.year == period.last.year
    days = ((f"{part.day:%m-%d}" if one_year else f"{part.day}", part.seconds) for part in attestation.days)
    yield from _parts("服务日期", "By day", days)
    yield _Fact("出具单位", "Issuer", f"{attestation.issuer_name}  ({attestation.issuer_id})")
    yield _Fact("出具时间", "Issued", _local(attestation))
    if not attestation.replaces.is_zero:
        yield _Fact("取代证明", "In place of", str(attestation.replaces))


def _parts(chinese: str, english: str, parts: Iterable[tuple[str, int]]) -> Iterator[_Fact]:
    # A name and its time stay on one line.
    if value := "； ".join(f"{name}  {hours_text(seconds)}".replace(" ", NO_BREAK) for name, seconds in parts):
        yield _Fact(chinese, english, value)


def _named(parts: Iterable[NamedSeconds]) -> Iterator[tuple[str, int]]:
    return ((part.name or "未注明 not stated", part.seconds) for part in parts)


def _local(attestation: Attestation) -> str:
    try:
        issued = attestation.issued.astimezone(zoneinfo.ZoneInfo(attestation.zone))
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return f"{attestation.issued:%Y-%m-%d %H:%M:%S} (UTC)"
    return f"{issued:%Y-%m-%d %H:%M:%S}  ({attestation.zone})"


class _Page(fpdf.FPDF):
    """One page of A4; lengths in mm, letters in points."""

    def __init__(self, attestation: Attestation, face: tuple[Path, int]) -> None:
        super().__init__(format="A4")
        self.set_auto_page_break(False)
        self.add_font("page", fname=face[0], collection_font_number=face[1])
        self.set_title("志愿服务记录证明 Attestation of Volunteer Service")
        self.set_subject(str(attestation.id))
        self.set_author(attestation.issuer_name)
        self.set_lang("zh-CN")
        self.set_creation_date(attestation.issued.astimezone(datetime.timezone.utc))
        self.add_page()

    def words(self, size: float, colour: Colour) -> None:
        self.set_font("page", size=size)
        self.set_text_color(*colour)

    def line_of(self, y: float, text: str, size: float, colour: Colour = INK) -> None:
        """One centred line."""
        self.words(size, colour)
        self.set_xy(LEFT, y)
        self.cell(WIDTH, size * 0.45, text, align="C")

    def block(
        self, text: str, width: float, size: float, colour: Colour, wrap: WrapMode = WrapMode.WORD
    ) -> None:
        """Lines from the cursor on, which moves below them."""
        self.words(size, colour)
        self.multi_cell(width, size * 0.48, text, align="L", new_x="LEFT", new_y="NEXT", wrapmode=wrap)

    def frame(self) -> None:
        self.set_draw_color(*RED)
        self.set_line_width(0.9)
        self.rect(10, 10, 190, 277)
        self.set_line_width(0.25)
        self.rect(11.8, 11.8, 186.4, 273.4)

    def heading(self, attestation: Attestation) -> None:
        self.line_of(24, "志愿服务记录证明", 30, RED)
        self.line_of(39, "Attestation of Volunteer Service", 13, GREY)
        self.set_draw_color(*RED)
        self.set_line_width(0.5)
        self.line(90, 48, 120, 48)
        self.line_of(51.5, f"编号 No.  {attestation.id}", 9, GREY)
        self.line_of(60.5, "兹证明下述志愿者在所示期间提供了志愿服务，经确认的服务时间共计", 11.5)
        english = "The volunteer named below gave voluntary service in the period shown. Confirmed in all:"
        self.line_of(66.5, english, 9, GREY)
        hours, minutes, seconds = hours_text(attestation.seconds).split(":")
        self.line_of(74, f"{hours} 小时 {minutes} 分 {seconds} 秒", 24, RED)
        self.line_of(86, f"{hours} h {minutes} min {seconds} s", 10, GREY)

    def facts(self, facts: list[_Fact]) -> None:
        """The table, in letters as large as there is room for."""
        for scale in SCALES:
            heights = [self.height_of(fact, scale) for fact in facts]
            if FACTS_TOP + sum(heights) <= FACTS_END:
                break
        else:
            # Names and numbers are short: a part that is shown takes the room.
            _, longest = max(zip(heights, facts))
            raise _too_much(longest.english)
        y = FACTS_TOP
        self.set_draw_color(*RULE)
        self.set_line_width(0.2)
        self.line(LEFT, y, LEFT + WIDTH, y)
        for fact, height in zip(facts, heights):
            top = y + 1.2 * scale
            self.set_xy(LEFT + 1, top)
            self.words(10.5 * scale, INK)
            self.cell(text=fact.chinese, h=5 * scale)
            self.set_xy(LEFT + ENGLISH, top)
            self.words(8 * scale, GREY)
            self.cell(text=fact.english, h=5 * scale)
            self.set_xy(LEFT + LABELS, top)
            self.words(10.5 * scale, INK)
            self.multi_cell(WIDTH - LABELS, 5 * scale, fact.value, align="L")
            y += height
            self.line(LEFT, y, LEFT + WIDTH, y)

    def height_of(self, fact: _Fact, scale: float) -> float:
        self.words(10.5 * scale, INK)
        lines = self.multi_cell(WIDTH - LABELS, 5 * scale, fact.value, align="L", dry_run=True, output="LINES")
        return (5 * len(cast(list[str], lines)) + 2.4) * scale

    def proof(self, attestation: Attestation, how: list[str]) -> None:
        """The picture, and what it is good for."""
        picture = io.BytesIO()
        qr(attestation).save(picture, kind="png", scale=8, border=4)
        self.image(picture, LEFT - 2, 187, QR_SIDE + 4)
        column = LEFT + QR_SIDE + 6
        self.set_xy(column, 188.5)
        for heading, chinese, english in (how, WHAT_IT_DOES_NOT_SAY):
            self.block(heading, WIDTH - QR_SIDE - 6, 9.5, RED)
            self.set_xy(column, self.get_y() + 0.6)
            self.block(chinese, WIDTH - QR_SIDE - 6, 8, INK, WrapMode.CHAR)
            self.set_xy(column, self.get_y() + 0.4)
            self.block(english, WIDTH - QR_SIDE - 6, 6.8, GREY)
            self.set_xy(column, self.get_y() + 2.2)

    def signatures(self, signs: list[_Sign]) -> None:
        """To be filled in and sealed by the issuer."""
        y = 247.0
        for sign in [*signs, _Sign("日期", "Date", "")]:
            self.set_xy(LEFT + 1, y)
            self.words(10, INK)
            self.cell(text=sign.chinese, h=6)
            self.set_xy(LEFT + 20, y)
            self.words(7.5, GREY)
            self.cell(text=sign.english, h=6)
            self.set_draw_color(*GREY)
            self.set_line_width(0.15)
            self.line(SIGNS, y + SIGNS_HEIGHT - 0.8, SIGNS + SIGNS_WIDTH, y + SIGNS_HEIGHT - 0.8)
            self.above_line(sign, y)
            y += SIGNS_HEIGHT + 0.2
        self.set_draw_color(*RED)
        self.set_line_width(0.25)
        self.set_dash_pattern(dash=1.2, gap=1.2)
        self.circle(LEFT + 137, 263, 16.5)
        self.set_dash_pattern()
        self.words(10, RED)
        self.set_xy(LEFT + 119.5, 258)
        self.cell(35, 5, "出具单位（盖章）", align="C")
        self.words(7.5, GREY)
        self.set_xy(LEFT + 119.5, 263)
        self.cell(35, 4, "Issuer's seal", align="C")
        self.line_of(280.4, LAW, 6.8, GREY)


    def above_line(self, sign: _Sign, y: float) -> None:
        """A text above its line; in smaller letters and on two lines if it is long."""
        for scale in SCALES:
            self.words(10 * scale, INK)
            line = 10 * scale * 0.46
            lines = self.multi_cell(SIGNS_WIDTH, line, sign.value, align="L", dry_run=True, output="LINES")
            needed = line * len(cast("list[str]", lines))
            if needed <= SIGNS_HEIGHT - 0.6:
                break
        else:
            raise _too_much(sign.english)
        self.set_xy(SIGNS, y + SIGNS_HEIGHT - 0.8 - needed)
        self.multi_cell(SIGNS_WIDTH, line, sign.value, align="L")


def _face(font: str | os.PathLike[str] | None, text: str) -> tuple[Path, int]:
    """A font file that has every character, and the number of the face in it."""
    wanted = {ord(character) for character in text}
    missing = wanted
    for path in [Path(font)] if font is not None else _installed():
        for number, face in enumerate(_faces(path)):
            absent = wanted - set(face.getBestCmap())
            if not absent:
                return path, number
            missing = min(missing, absent, key=len)
    raise Error(
        "font_missing",
        "sheet",
        f"no font at hand has all characters of the page: the nearest lacks U+{min(missing):04X}",
        "a TrueType or OpenType font with Chinese characters",
        "install the package fonts-noto-cjk or fonts-wqy-microhei, or name a file with font=",
    )


def _installed() -> Iterator[Path]:
    for name in FONTS:
        for folder in FONT_FOLDERS:
            for ending in ("otf", "ttf", "ttc"):
                yield from sorted(Path(folder).expanduser().glob(f"**/{name}.{ending}"))


def _faces(path: Path) -> list[TTFont]:
    try:
        if path.suffix.lower() != ".ttc":
            return [TTFont(path, lazy=True)]
        return list(TTCollection(path, lazy=True).fonts)
    except (OSError, TTLibError) as error:
        raise Error(
            "file_unreadable",
            path.name,
            "the file cannot be read as a font",
            "a TrueType or OpenType font",
            "name another file with font=",
        ) from error


def _too_much(what: str) -> Error:
    return Error(
        "sheet_too_full",
        f"sheet, {what}",
        "the texts do not fit one page in letters that can be read",
        "letters of at least 70 % of their size",
        f"leave out or shorten: {what}",
    )
