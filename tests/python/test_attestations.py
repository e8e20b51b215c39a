"""Attestations: the bytes of the documentation, the register, the verifier in one header."""

from __future__ import annotations

import datetime
import re
import subprocess
from pathlib import Path

import attestation_bytes as by_hand
import pytest
from attested import ISSUED, KEY, ROOT, SEED, UTC, books, golden, record, request
from hypothesis import given
from hypothesis import strategies as some

import jiedui as jd

EPOCH = datetime.date(1970, 1, 1)
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


@pytest.fixture
def ledger() -> jd.HoursLedger:
    return books()


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
    served=some.lists(some.integers(1, 10**6), min_size=1, max_size=6),
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
