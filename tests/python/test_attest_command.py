"""The command `jiedui attest`."""

from __future__ import annotations

import datetime
import io
import re
import sys
from pathlib import Path

import pytest
from attested import ISSUED, KEY, UTC, golden, record, rendered, scanned, serve
from PIL import Image

import jiedui as jd
from jiedui import cli


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


def test_what_was_reissued_is_handed_out_though_the_list_cannot_be_written(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert cli.main(issue_words(office)) == 0
    first = str(jd.read_attestation(capsys.readouterr().out).id)
    older = ["--older", first, "--list", str(office / "none" / "list.txt")]
    assert cli.main([*issue_words(office, "reissue"), *older]) == 2
    said = capsys.readouterr()
    assert "file_unwritable" in said.err
    anew = jd.read_attestation(said.out)
    assert str(anew.replaces) == first
    town = str(office / "town.jiedui")
    assert cli.main(["attest", "show", town, str(anew.id)]) == 0 and capsys.readouterr().out == said.out
    assert cli.main(["attest", "show", town, "00000000000000000000000000000abc"]) == 2
    assert "attestation_unknown" in capsys.readouterr().err
    drawn = ["--pdf", str(office / "a.pdf"), "--head", "王芳", "--handler", "赵敏", "--contact", "0570-0000000"]
    assert cli.main(["attest", "show", town, str(anew.id), *drawn]) == 0
    text = rendered(office / "a.pdf")[0]
    assert all(name in text for name in ("王芳", "赵敏", "0570-0000000"))
    capsys.readouterr()
    assert cli.main([*issue_words(office), *drawn[:2], "--font", str(office / "list.txt")]) == 2
    said = capsys.readouterr()
    assert said.out.startswith("JD1:") and "file_unreadable" in said.err


def test_no_list_is_written_over_what_was_taken_back(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert cli.main(issue_words(office)) == 0
    text, listed, town = capsys.readouterr().out, office / "list.txt", str(office / "town.jiedui")
    first = jd.read_attestation(text)
    with jd.Store.open(office / "town.jiedui") as store:
        served = store.ledger.served_records("2026-03")[0]
        assert store.ledger.correct(served.record) is jd.Outcome.booked
    renew = ["attest", "revoke", town, "--list", str(listed), "--key", str(office / "office.key")]
    assert cli.main(renew) == 2 and not listed.exists()
    said = capsys.readouterr().err
    assert "attestations_outdated" in said and str(first.id) in said
    key = jd.read_public_key(office / "office.key.pub")
    assert cli.main([*renew, "--leave-outdated"]) == 0
    assert jd.verify_attestation(text, key, listed.read_text()).verdict is jd.AttestationVerdict.valid
    assert cli.main([*renew, "--id", str(first.id)]) == 0
    assert jd.verify_attestation(text, key, listed.read_text()).verdict is jd.AttestationVerdict.revoked
