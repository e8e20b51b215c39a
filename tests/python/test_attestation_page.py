"""Attestations drawn: the QR picture, and the page to be printed."""

from __future__ import annotations

import datetime
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from attested import ISSUED, KEY, UTC, books, record, rendered, request, scanned
from PIL import Image

import jiedui as jd


@pytest.fixture
def ledger() -> jd.HoursLedger:
    return books()


def test_another_program_reads_the_picture(ledger: jd.HoursLedger, tmp_path: Path) -> None:
    attestation = jd.attest(ledger, request(), KEY)
    code = attestation.qr(tmp_path / "attestation.png")
    assert code.mode == "alphanumeric"
    with Image.open(tmp_path / "attestation.png") as picture:
        assert scanned(picture) == [attestation.text]
    attestation.qr(tmp_path / "attestation.svg")
    assert "<svg" in (tmp_path / "attestation.svg").read_text()


def test_the_page_is_text_and_its_picture_is_read(ledger: jd.HoursLedger, tmp_path: Path) -> None:
    attestation = jd.attest(ledger, request(), KEY)
    attestation.pdf(tmp_path / "page.pdf", head="王芳", handler="赵敏", contact="0570-0000000")
    text, picture = rendered(tmp_path / "page.pdf")
    for wanted in (
        "志愿服务记录证明",
        "Attestation of Volunteer Service",
        str(attestation.id),
        "3 小时 00 分 00 秒",
        "李青",
        "330800000123",
        "2026-03-01",
        "Asia/Shanghai",
        "水电查修",
        "红十字会",
        "03-20",
        "衢州市志愿服务中心",
        "2026-04-02 11:04:05",
        "如何核验",
        "What it does not say",
        "负责人",
        "赵敏",
        "盖章",
        attestation.key_mark,
    ):
        assert wanted in text, wanted
    assert "B-secret" not in text and "V-7" not in text
    assert scanned(picture) == [attestation.text]


def daily(days: int) -> jd.Attestation:
    """A year in which a volunteer served on so many days, each of them shown."""
    ledger = jd.HoursLedger(zone="Asia/Shanghai")
    for day in range(days):
        begins = datetime.datetime(2025, 1, 1, 1, tzinfo=UTC) + datetime.timedelta(days=day)
        assert ledger.post(record(f"N-{day}", begins, 40_000 + day)) is jd.Outcome.booked
    shows = jd.ShownParts(days=True)
    asked = jd.AttestationRequest(
        "V-7", "2025", issuer_id="I", issuer_name="志愿服务中心", name="李" * 30, shows=shows, issued=ISSUED
    )
    return jd.attest(ledger, asked, KEY)


def test_the_fullest_attestation_is_a_picture_and_no_page(tmp_path: Path) -> None:
    fullest = daily(179)
    assert 1_150 <= len(fullest.text) / 1.5 <= 1_204
    fullest.qr(tmp_path / "full.png")
    with Image.open(tmp_path / "full.png") as picture:
        assert scanned(picture) == [fullest.text]
    with pytest.raises(jd.Error) as refused:
        fullest.pdf(tmp_path / "full.pdf")
    assert refused.value.code == "sheet_too_full" and "By day" in refused.value.way_out
    assert not (tmp_path / "full.pdf").exists()


def test_many_days_fit_the_page(tmp_path: Path) -> None:
    many = daily(60)
    many.pdf(tmp_path / "full.pdf")
    text, picture = rendered(tmp_path / "full.pdf", 300)
    assert "03-01" in text.replace("\r\n", "") and scanned(picture) == [many.text]


SEAL, SEAL_RADIUS = (159.0, 263.0), 16.5  # mm from the top left corner


def letters(path: Path) -> list[tuple[str, tuple[float, float, float, float]]]:
    """Each letter with its left, top, right and bottom edge, mm from the top left corner."""
    page = pypdfium2.PdfDocument(path)[0]
    text = page.get_textpage()
    found = []
    for index in range(text.count_chars()):
        left, bottom, right, top = (edge * 25.4 / 72 for edge in text.get_charbox(index))
        letter = text.get_text_range(index, 1)
        if letter.strip():
            found.append((letter, (left, 297 - top, right, 297 - bottom)))
    return found


def test_long_texts_stay_on_the_page_and_off_the_seal(ledger: jd.HoursLedger, tmp_path: Path) -> None:
    labels = {"O-1": "衢州市柯城区荷花街道" * 6, "O-2": "x" * 200, "I-1": "水电查修" * 16}
    named = jd.attest(ledger, request(issuer_name="衢州市柯城区志愿服务中心" * 4, labels=labels), KEY)
    signs = {
        "head": "衢州市柯城区荷花街道办事处主任 王某某（代理负责人，兼任志愿服务中心理事长）及其同事",
        "handler": "w" * 80,
        "contact": "浙江省衢州市柯城区荷花中路66号行政中心3号楼1205室 0570-1234567 volunteer@quzhou.example.gov.cn",
    }
    named.pdf(tmp_path / "page.pdf", **signs)
    text = rendered(tmp_path / "page.pdf")[0].replace("\r\n", "")
    for sign in signs.values():
        assert sign.replace(" ", "") in text.replace(" ", "")
    on_seal = []
    for letter, (left, top, right, bottom) in letters(tmp_path / "page.pdf"):
        assert 12 < left and right < 198 and 12 < top and bottom < 285, letter
        across = max(left - SEAL[0], SEAL[0] - right, 0.0)
        along = max(top - SEAL[1], SEAL[1] - bottom, 0.0)
        if across**2 + along**2 < (SEAL_RADIUS + 0.5) ** 2:
            on_seal.append(letter)
    assert "".join(on_seal) == "出具单位（盖章）Issuer'sseal"


@pytest.mark.parametrize(
    ("place", "text", "code"),
    [
        ("head", "王芳 110105.19491231.002X", "attestation_id_card"),
        ("handler", "11010519491231002X", "attestation_id_card"),
        ("contact", "110105\u00a019491231\u2013002X", "attestation_id_card"),
        ("contact", "0570-1\n0570-2", "attestation_text_invalid"),
        ("head", "\u3000", "attestation_text_invalid"),
        ("head", "王\u3164芳", "attestation_text_invalid"),
        ("contact", "a" * 201, "attestation_text_invalid"),
        ("contact", "w" * 200, "sheet_too_full"),
        ("handler", "\U0001f600", "font_missing"),
    ],
)
def test_what_is_not_signed_is_looked_at_too(
    ledger: jd.HoursLedger, tmp_path: Path, place: str, text: str, code: str
) -> None:
    with pytest.raises(jd.Error) as refused:
        jd.attest(ledger, request(), KEY).pdf(tmp_path / "page.pdf", **{place: text})
    assert refused.value.code == code and not (tmp_path / "page.pdf").exists()
    assert text.strip() not in str(refused.value) or not text.strip()
    if code == "font_missing":
        assert "U+1F600" in refused.value.message


def test_ink_stays_within_the_frame(ledger: jd.HoursLedger, tmp_path: Path) -> None:
    jd.attest(ledger, request(), KEY).pdf(tmp_path / "page.pdf")
    _, picture = rendered(tmp_path / "page.pdf", 100)
    dark = np.asarray(picture.convert("L")) < 200
    rows, columns = np.nonzero(dark)
    millimetre = 100 / 25.4
    assert rows.min() > 9 * millimetre and rows.max() < 288 * millimetre
    assert columns.min() > 9 * millimetre and columns.max() < 201 * millimetre


def test_a_page_without_a_font_is_refused(ledger: jd.HoursLedger, tmp_path: Path) -> None:
    font = next(Path("/usr/share/fonts").glob("**/DejaVuSans.ttf"), None)
    if font is None:
        pytest.skip("SKIPPED: no font without Chinese characters is installed")
    with pytest.raises(jd.Error) as refused:
        jd.attest(ledger, request(), KEY).pdf(tmp_path / "page.pdf", font=font)
    assert refused.value.code == "font_missing" and not (tmp_path / "page.pdf").exists()
