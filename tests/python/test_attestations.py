"""Attestations: the bytes of the documentation, the QR picture, the page, the command."""

from __future__ import annotations

import datetime
import io
import re
import subprocess
import sys
from pathlib import Path

import attestation_bytes as by_hand
import numpy as np
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as some
from PIL import Image
from pyzbar import pyzbar

import jiedui as jd
from jiedui import cli

ROOT = Path(__file__).resolve().parents[2]
UTC = datetime.timezone.utc
ISSUED = datetime.datetime(2026, 4, 2, 3, 4, 5, tzinfo=UTC)
EPOCH = datetime.date(1970, 1, 1)
# The seed of the first test vector of RFC 8032, 7.1.
SEED = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
KEY = jd.SigningKey(SEED)
EXAMPLE = by_hand.Content(
    id=0x019D4B2E5A8870008000000000000001,
    replaces=0x019D4B2E5A8870008000000000000000,
    issued=1_775_099_045,
    first=(datetime.date(2026, 3, 1) - EPOCH).days,
    last=(datetime.date(2026, 3, 31) - EPOCH).days,
    seconds=10_800,
    book=0x00112233445566778899AABBCCDDEEFF,
    head_count=3,
    head_booked=1_772_692_200_000_000_003,
    head_hash=bytes.fromhex("1baf06bfc8bca6c91b125c390273ce0a236080140a1a24dcded56caed9d62ae1"),
    entries=2,
    entries_hash=by_hand.entries_hash([(2, 0x1234, 9_000), (3, 0x5678, 1_800)]),
    number_kind=1,
    issuer_id="51330800MJ0000001X",
    issuer_name="衢州市志愿服务中心",
    number="330800000123",
    name="李青",
    zone="Asia/Shanghai",
    sources=[(1, 9_000), (4, 1_800)],
    organisations=[("和谐社区志愿服务队", 10_800)],
    items=[("", 1_800), ("水电查修", 9_000)],
    days=[((datetime.date(2026, 3, 5) - EPOCH).days, 9_000), ((datetime.date(2026, 3, 20) - EPOCH).days, 1_800)],
)


def record(need: str, begins: datetime.datetime, seconds: int, **more: object) -> jd.ServiceRecord:
    interval = jd.ServiceInterval(begins, begins + datetime.timedelta(seconds=seconds))
    return jd.ServiceRecord("V-7", need=need, beneficiary="B-secret", intervals=[interval], **more)


def serve(ledger: jd.HoursLedger) -> None:
    for day, seconds, organisation, item, source in (
        (5, 5_400, "O-1", "I-1", jd.RecordSource.clock),
        (6, 3_600, "O-2", "I-2", jd.RecordSource.organisation),
        (20, 1_800, "", "", jd.RecordSource.backfilled),
    ):
        begins = datetime.datetime(2026, 3, day, 1, tzinfo=UTC)
        made = record(f"N-{day}", begins, seconds, organisation=organisation, item=item, source=source)
        assert ledger.post(made) is jd.Outcome.booked


@pytest.fixture
def ledger() -> jd.HoursLedger:
    made = jd.HoursLedger(zone="Asia/Shanghai")
    serve(made)
    return made


def request(**changes: object) -> jd.AttestationRequest:
    asked = {
        "issuer_id": "51330800MJ0000001X",
        "issuer_name": "衢州市志愿服务中心",
        "national_number": "330800000123",
        "name": "李青",
        "shows": jd.ShownParts(sources=True, organisations=True, items=True, days=True),
        "labels": {"O-1": "和谐社区志愿服务队", "O-2": "红十字会", "I-1": "水电查修", "I-2": "理发"},
        "issued": ISSUED,
    }
    return jd.AttestationRequest("V-7", "2026-03", **(asked | changes))


def content_of(attestation: jd.Attestation) -> by_hand.Content:
    def days(day: datetime.date) -> int:
        return (day - EPOCH).days

    return by_hand.Content(
        id=int(str(attestation.id), 16),
        replaces=int(str(attestation.replaces), 16),
        issued=int(attestation.issued.timestamp()),
        first=days(attestation.period.first),
        last=days(attestation.period.last),
        seconds=attestation.seconds,
        book=int(str(attestation.head.book), 16),
        head_count=attestation.head.count,
        head_booked=attestation.head.booked,
        head_hash=attestation.head.hash.bytes,
        entries=attestation.entries,
        entries_hash=attestation.entries_hash.bytes,
        number_kind=attestation.number_kind.value,
        issuer_id=attestation.issuer_id,
        issuer_name=attestation.issuer_name,
        number=attestation.number,
        name=attestation.name,
        zone=attestation.zone,
        sources=[(part.source.value, part.seconds) for part in attestation.sources],
        organisations=[(part.name, part.seconds) for part in attestation.organisations],
        items=[(part.name, part.seconds) for part in attestation.items],
        days=[(days(part.day), part.seconds) for part in attestation.days],
    )


def golden(name: str) -> str:
    page = (ROOT / "docs" / "attestations.md").read_text(encoding="utf-8")
    found = re.search(rf"<!-- golden {name} -->\n```\n(.*?)\n```", page, re.DOTALL)
    assert found, name
    return found[1]


def test_the_example_of_the_documentation() -> None:
    content = by_hand.content_bytes(EXAMPLE, by_hand.public_half(SEED)[:8])
    assert bytes.fromhex(golden("content")) == content
    assert golden("text") == by_hand.attestation_text(EXAMPLE, SEED)
    read = jd.read_attestation(golden("text"))
    assert content_of(read) == EXAMPLE
    listed = golden("list")
    assert listed == by_hand.revocations_text(EXAMPLE.issued, [(EXAMPLE.replaces, EXAMPLE.issued, 2, EXAMPLE.id)], SEED)
    public = KEY.public_key()
    assert jd.verify_attestation(golden("text"), public).verdict is jd.AttestationVerdict.not_checked
    assert jd.verify_attestation(golden("text"), public, listed).verdict is jd.AttestationVerdict.valid
    superseded = jd.Revocation(read.replaces, ISSUED, jd.RevocationReason.superseded, read.id)
    assert jd.check_revocations(listed, public) == jd.RevocationList(ISSUED, [superseded])
    assert jd.sign_revocations(jd.RevocationList(ISSUED, [superseded]), KEY) == listed


@given(
    parts=some.lists(some.booleans(), min_size=4, max_size=4),
    name=some.text(some.characters(categories=["L", "N"]), max_size=12),
    served=some.lists(some.integers(1, 10**7), min_size=1, max_size=6),
)
def test_the_library_writes_what_the_documentation_says(parts: list[bool], name: str, served: list[int]) -> None:
    ledger = jd.HoursLedger(zone="Asia/Shanghai")
    for number, seconds in enumerate(served):
        begins = datetime.datetime(2026, 3, 1 + 3 * number, 1, tzinfo=UTC)
        made = record(f"N-{number}", begins, seconds, organisation=f"O-{number % 2}", item=f"I-{number % 3}")
        assert ledger.post(made) is jd.Outcome.booked
    shows = jd.ShownParts(**dict(zip(("sources", "organisations", "items", "days"), parts)))
    attestation = jd.attest(ledger, request(name=name, shows=shows, national_number=""), KEY)
    assert attestation.seconds == sum(served)
    assert attestation.text == by_hand.attestation_text(content_of(attestation), SEED)
    lines = ledger.statement("V-7", "2026-03").lines
    counted = sorted((line.number, int(str(line.entry), 16), line.change.confirmed) for line in lines)
    assert attestation.entries_hash.bytes == by_hand.entries_hash(counted)


def test_values_and_errors(ledger: jd.HoursLedger) -> None:
    attestation = jd.attest(ledger, request(), KEY)
    assert attestation.key_mark == KEY.public_key().bytes[:8].hex()
    assert "李青" not in repr(attestation) and jd.still_holds(ledger, "V-7", attestation)
    with pytest.raises(jd.Error) as refused:
        jd.attest(ledger, request(national_number="11010519491231002X"), KEY)
    assert refused.value.code == "attestation_id_card" and "1949" not in str(refused.value)
    assert jd.holds_id_card_number("11010519491231002X")
    anew = jd.reissue(ledger, attestation, request(), KEY)
    assert anew.replaces == attestation.id
    listed = jd.revocation_list(ledger, KEY.public_key(), ISSUED)
    check = jd.verify_attestation(attestation.text, KEY.public_key(), jd.sign_revocations(listed, KEY))
    assert not check and check.verdict is jd.AttestationVerdict.superseded
    assert check.revocation == listed.find(attestation.id) and check.revocation.successor == anew.id
    assert listed.find(anew.id) is None


def test_the_register(ledger: jd.HoursLedger) -> None:
    asked = request(id=jd.IdGenerator().next())
    first = jd.attest(ledger, asked, KEY)
    assert jd.attest(ledger, asked, KEY) == first
    with pytest.raises(jd.Error) as refused:
        jd.attest(ledger, request(id=first.id, name="王芳"), KEY)
    assert refused.value.code == "attestation_differs"
    (issued,) = jd.issued_attestations(ledger)
    assert (issued.id, issued.volunteer, issued.text) == (first.id, "V-7", first.text)
    assert issued.issued == ISSUED and issued.state is jd.AttestationState.valid and issued.revocation is None
    assert jd.outdated_attestations(ledger) == [] and jd.issued_attestations(ledger, "V-8") == []
    more = record("N-9", datetime.datetime(2026, 3, 9, 1, tzinfo=UTC), 600)
    assert ledger.post(more) is jd.Outcome.booked
    (outdated,) = jd.outdated_attestations(ledger)
    anew = jd.reissue(ledger, jd.read_attestation(outdated.text), request(), KEY)
    states = {one.id: one.state for one in jd.issued_attestations(ledger, "V-7")}
    assert states == {first.id: jd.AttestationState.superseded, anew.id: jd.AttestationState.valid}
    later = ISSUED + datetime.timedelta(days=1)
    taken_back = jd.revoke(ledger, anew.id, later)
    assert (taken_back.reason, taken_back.when) == (jd.RevocationReason.revoked, later)
    other = jd.Revocation(jd.Id128("00000000000000000000000000000abc"), ISSUED)
    jd.enter_revocations(ledger, jd.RevocationList(ISSUED, [other]), KEY.public_key())
    listed = jd.revocation_list(ledger, KEY.public_key())
    assert [one.attestation for one in listed.revocations] == sorted([first.id, anew.id, other.attestation], key=str)
    assert ledger.erase("V-7") is jd.Outcome.booked
    assert {one.text + one.volunteer for one in jd.issued_attestations(ledger)} == {""}


def scanned(picture: Image.Image) -> list[str]:
    return [code.data.decode() for code in pyzbar.decode(picture, symbols=[pyzbar.ZBarSymbol.QRCODE])]


def test_another_program_reads_the_picture(ledger: jd.HoursLedger, tmp_path: Path) -> None:
    attestation = jd.attest(ledger, request(), KEY)
    code = attestation.qr(tmp_path / "attestation.png")
    assert code.mode == "alphanumeric"
    with Image.open(tmp_path / "attestation.png") as picture:
        assert scanned(picture) == [attestation.text]
    attestation.qr(tmp_path / "attestation.svg")
    assert "<svg" in (tmp_path / "attestation.svg").read_text()


def rendered(path: Path, dots_per_inch: int = 200) -> tuple[str, Image.Image]:
    """Text and picture of the only page."""
    document = pypdfium2.PdfDocument(path)
    assert len(document) == 1
    text = document[0].get_textpage().get_text_range()
    return text, document[0].render(scale=dots_per_inch / 72).to_pil()


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


def test_the_fullest_attestation_fits_the_page(tmp_path: Path) -> None:
    ledger = jd.HoursLedger(zone="Asia/Shanghai")
    for day in range(179):
        begins = datetime.datetime(2026, 1, 1, 1, tzinfo=UTC) + datetime.timedelta(days=day)
        assert ledger.post(record(f"N-{day}", begins, 40_000 + day)) is jd.Outcome.booked
    shows = jd.ShownParts(days=True)
    asked = jd.AttestationRequest(
        "V-7", "2026", issuer_id="I", issuer_name="志愿服务中心", name="李" * 30, shows=shows, issued=ISSUED
    )
    fullest = jd.attest(ledger, asked, KEY)
    assert 1_150 <= len(fullest.text) / 1.5 <= 1_204
    fullest.pdf(tmp_path / "full.pdf")
    text, picture = rendered(tmp_path / "full.pdf", 300)
    assert "06-28" in text.replace("\r\n", "") and scanned(picture) == [fullest.text]


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


@pytest.fixture
def office(tmp_path: Path) -> Path:
    with jd.Store.open_or_create(tmp_path / "town.jiedui", zone="Asia/Shanghai") as store:
        serve(store.ledger)
    assert cli.main(["key", str(tmp_path / "office.key")]) == 0
    return tmp_path


def issue_words(office: Path, action: str = "issue") -> list[str]:
    return [
        "attest", action, str(office / "town.jiedui"), "V-7", "--period", "2026-01-01..2026-06-30",
        "--issuer-id", "51330800MJ0000001X", "--issuer-name", "衢州市志愿服务中心", "--key", str(office / "office.key"),
        "--name", "李青", "--show", "items", "days", "--label", "I-1=水电查修",
    ]  # fmt: skip


def test_the_commands_of_an_office(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    text, listed = office / "attestation.txt", office / "list.txt"
    assert cli.main([*issue_words(office), "--qr", str(office / "a.png"), "--pdf", str(office / "a.pdf")]) == 0
    text.write_text(capsys.readouterr().out)
    with Image.open(office / "a.png") as picture:
        assert scanned(picture) == [text.read_text().rstrip("\n")]
    assert "李青" in rendered(office / "a.pdf")[0]

    verify = ["attest", "verify", str(text), "--key", str(office / "office.key.pub")]
    assert cli.main(verify) == 0
    said = capsys.readouterr().out
    assert "REVOCATION NOT CHECKED" in said and "3:00:00" in said and len(said.splitlines()) < 24
    town = str(office / "town.jiedui")
    revoke = ["attest", "revoke", town, "--list", str(listed), "--key", str(office / "office.key")]
    assert cli.main(revoke) == 0 and listed.read_text().startswith("JR1:")
    assert cli.main([*verify, "--list", str(listed)]) == 0
    assert "\nVALID" in capsys.readouterr().out

    with jd.Store.open(office / "town.jiedui") as store:
        serve_more = record("N-21", datetime.datetime(2026, 3, 21, 1, tzinfo=UTC), 600)
        assert store.ledger.post(serve_more) is jd.Outcome.booked
    first = str(jd.read_attestation(text.read_text()).id)
    assert cli.main(["attest", "list", town, "--outdated"]) == 0
    assert re.fullmatch(rf"{first}  \d{{4}}-.+Z  outdated    V-7\n", capsys.readouterr().out)
    older = ["--older", first, "--list", str(listed)]
    assert cli.main([*issue_words(office, "reissue"), *older]) == 0
    anew = office / "anew.txt"
    anew.write_text(capsys.readouterr().out)
    assert cli.main(["attest", "list", town]) == 0
    assert {line.split()[2] for line in capsys.readouterr().out.splitlines()} == {"superseded", "valid"}
    assert cli.main([*verify, "--list", str(listed)]) == 1
    assert capsys.readouterr().out.startswith("SUPERSEDED")
    second = ["attest", "verify", str(anew), "--key", str(office / "office.key.pub"), "--list", str(listed)]
    assert cli.main(second) == 0 and "3:10:00" in capsys.readouterr().out
    assert cli.main([*revoke, "--id", str(jd.read_attestation(anew.read_text()).id)]) == 0
    capsys.readouterr()
    assert cli.main(second) == 1 and capsys.readouterr().out.startswith("REVOKED")
    assert cli.main([*revoke, "--id", first]) == 2 and "revocation_differs" in capsys.readouterr().err


def test_what_was_said_before_there_was_a_register_stays_said(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key, listed = jd.read_signing_key(office / "office.key"), office / "list.txt"
    old = jd.Revocation(jd.Id128("00000000000000000000000000000001"), ISSUED)
    listed.write_text(jd.sign_revocations(jd.RevocationList(ISSUED, [old]), key))
    revoke = ["attest", "revoke", str(office / "town.jiedui"), "--list", str(listed), "--key", str(office / "office.key")]
    other = "00000000000000000000000000000002"
    assert cli.main([*revoke, "--id", other]) == 2 and "attestation_unknown" in capsys.readouterr().err
    assert cli.main([*revoke, "--id", other, "--unregistered"]) == 0
    assert cli.main([*revoke, "--id", other, "--unregistered"]) == 0  # once more changes nothing
    said = jd.check_revocations(listed.read_text(), key.public_key()).revocations
    assert said[0] == old and [str(one.attestation) for one in said] == [str(old.attestation), other]


def test_an_id_of_ones_own_is_issued_once(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    words = [*issue_words(office), "--id", "00000000000000000000000000000abc"]
    assert cli.main(words) == 0 and cli.main(words) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first == second


def test_the_commands_refuse(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert cli.main(issue_words(office)) == 0
    text = office / "attestation.txt"
    text.write_text(capsys.readouterr().out)
    assert cli.main(["key", str(office / "other.key")]) == 0
    assert cli.main(["attest", "verify", str(text), "--key", str(office / "other.key.pub")]) == 1
    assert "ANOTHER KEY" in capsys.readouterr().out
    other = ["attest", "revoke", str(office / "town.jiedui"), "--list", str(office / "list.txt"), "--key"]
    assert cli.main([*other, str(office / "office.key")]) == 0
    before = (office / "list.txt").read_text()
    assert cli.main([*other, str(office / "other.key")]) == 2
    assert "revocations_signature_wrong" in capsys.readouterr().err and (office / "list.txt").read_text() == before
    text.write_text(text.read_text()[:-40])
    assert cli.main(["attest", "verify", str(text), "--key", str(office / "office.key.pub")]) == 2
    assert cli.main([*issue_words(office), "--number", "11010519491231002X"]) == 2
    assert "attestation_id_card" in capsys.readouterr().err
    assert cli.main([*issue_words(office), "--pdf", str(office / "none" / "a.pdf")]) == 2
    said = capsys.readouterr()
    assert said.out.startswith("JD1:") and "file_unwritable" in said.err


def test_verify_reads_the_standard_input(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(golden("text")))
    jd.write_key(KEY.public_key(), office / "known.pub")
    assert cli.main(["attest", "verify", "-", "--key", str(office / "known.pub")]) == 0


def test_the_verifier_needs_one_header_and_libsodium(tmp_path: Path) -> None:
    header = (ROOT / "include/jiedui/hours/attestation_verifier.hpp").read_text()
    included = re.findall(r"#include\s+(\S+)", header)
    assert [name for name in included if not re.fullmatch(r"<[a-z_]+>", name)] == ["<sodium.h>"]
    (tmp_path / "attestation_verifier.hpp").write_text(header)
    (tmp_path / "main.cpp").write_text(
        '#include "attestation_verifier.hpp"\n#include <iostream>\n'
        "int main() {\n  std::string text;\n  std::getline(std::cin, text);\n  jiedui::offline::Key key;\n"
        f"  const unsigned char known[] = {{{', '.join(map(str, KEY.public_key().bytes))}}};\n"
        "  std::copy_n(known, 32, key.begin());\n"
        "  const auto check = jiedui::offline::verify(text, key);\n"
        "  std::cout << int(check.verdict) << ' ' << check.attestation->seconds;\n}\n"
    )
    command = ["g++", "-std=c++20", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "main.cpp", "-lsodium", "-o", "verify"]
    subprocess.run(command, cwd=tmp_path, check=True)
    ran = subprocess.run([tmp_path / "verify"], input=golden("text"), capture_output=True, text=True, check=True)
    assert ran.stdout == "1 10800"
