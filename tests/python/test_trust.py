"""Signed heads, backups, untrusted files, and the commands for them."""

from __future__ import annotations

import datetime
import sqlite3
from pathlib import Path

import pytest

import jiedui as jd
from jiedui import cli


@pytest.fixture
def town(tmp_path: Path) -> Path:
    path = tmp_path / "town.jiedui"
    with jd.Store.open_or_create(path) as store:
        book(store, 0, 5)
    return path


def book(store: jd.Store, first: int, last: int) -> None:
    for number in range(first, last):
        record = jd.ServiceRecord("V-1", need=f"N-{number}", served=datetime.timedelta(hours=1))
        assert store.ledger.post(record) is jd.Outcome.booked


def forge(path: Path, sql: str) -> None:
    with sqlite3.connect(path) as connection:
        connection.executescript(sql)
    connection.close()


def code_of(error: pytest.ExceptionInfo[jd.Error]) -> str:
    return error.value.code


def test_heads_are_signed_and_checked(town: Path, tmp_path: Path) -> None:
    key = jd.SigningKey.generate()
    with jd.Store.open(town) as store:
        head = store.books.head()
        text = jd.sign_head(head, key)
        assert jd.check_head(text, key.public_key()) == head == jd.read_head(jd.head_text(head))
        assert store.verify([head]).covered == head.count
    with pytest.raises(jd.Error) as wrong:
        jd.check_head(text, jd.SigningKey.generate().public_key())
    assert code_of(wrong) == "head_signature_wrong"
    assert jd.PublicKey.parse(key.public_key().to_string()) == key.public_key() == jd.PublicKey(key.public_key().bytes)
    jd.write_key(key, tmp_path / "key")
    assert jd.read_signing_key(tmp_path / "key").bytes == key.bytes and key.bytes.hex() not in repr(key)
    with pytest.raises(ValueError):
        jd.SigningKey(b"short")


def test_the_commands_of_an_auditor(town: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key, head = tmp_path / "town.key", tmp_path / "head.txt"
    assert cli.main(["key", str(key)]) == 0 and capsys.readouterr().out
    assert cli.main(["head", str(town), "--key", str(key)]) == 0
    head.write_text(capsys.readouterr().out)
    checked = ["verify", str(town), "--head", str(head), "--key", f"{key}.pub"]
    assert cli.main(checked) == 0
    said = capsys.readouterr().out
    assert said.startswith("SOUND") and "cut off" in said and len(said.splitlines()) < 24
    forge(town, "DROP TRIGGER entries_are_not_removed; DELETE FROM entries WHERE number > 3")
    assert cli.main(checked) == 1
    assert "tail_missing" in capsys.readouterr().out
    assert cli.main(["verify", str(town), "--head", str(key)]) == 2
    assert "head_unreadable" in capsys.readouterr().err
    assert cli.main(["verify", str(town), "--head", str(tmp_path / "none")]) == 2
    town.write_bytes(b"no store")
    assert cli.main(checked) == 2


def test_a_backup_is_verified_and_new(town: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = tmp_path / "copy.jiedui"
    with jd.Store.open(town) as store:
        head = store.backup(copy)
        book(store, 5, 7)
    assert jd.verify_store(copy, [head]).covered == head.count
    with jd.Store.open(copy, untrusted=True) as store:
        assert store.books.head() == head
    assert cli.main(["backup", str(town), str(copy)]) == 2
    assert "file_exists" in capsys.readouterr().err
    assert cli.main(["backup", str(town), str(tmp_path / "second.jiedui")]) == 0


def test_an_untrusted_file_is_checked_first(town: Path) -> None:
    forge(town, "CREATE TRIGGER x AFTER INSERT ON entries BEGIN DELETE FROM parties; END")
    with pytest.raises(jd.Error) as refused:
        jd.Store.open(town, untrusted=True)
    assert code_of(refused) == "store_altered"
