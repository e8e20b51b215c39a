"""Whole columns in and out of the books, and posts of many threads."""

from __future__ import annotations

import datetime
import threading
import uuid
from pathlib import Path

import pyarrow
import pytest

import jiedui as jd

BEGINS = datetime.datetime(2026, 3, 5, 1, 30, tzinfo=datetime.timezone.utc)
UNIT = "seconds_served"


def opened(books: jd.Ledger, count: int) -> list[str]:
    ids = [uuid.uuid4().hex for _ in range(count)]
    outcomes = books.post_many({"kind": ["open_account"] * count, "id": ids, "unit": [UNIT] * count})
    assert outcomes["outcome"].tolist() == ["booked"] * count and outcomes["id"].tolist() == ids
    return ids


def transfers(accounts: list[str], count: int) -> dict[str, list[object]]:
    return {
        "id": [str(uuid.uuid4()) for _ in range(count)],
        "debit": [accounts[0]] * count,
        "credit": [accounts[1 + row % (len(accounts) - 1)] for row in range(count)],
        "amount": [row + 1 for row in range(count)],
        "unit": [UNIT] * count,
        "happened": [BEGINS + datetime.timedelta(seconds=row) for row in range(count)],
    }


def test_columns_in_outcomes_out(tmp_path: Path) -> None:
    with jd.Store.open_or_create(tmp_path / "town.jiedui") as store:
        books = store.books
        accounts = opened(books, 4)
        columns = transfers(accounts, 100)
        frame = pyarrow.table(columns)
        outcomes = books.post_many(frame).to_pandas()
        assert outcomes["outcome"].tolist() == ["booked"] * 100 and list(outcomes.columns) == ["id", "outcome"]
        for again in (frame.to_reader(max_chunksize=7), frame.to_pandas(), columns):
            assert set(books.post_many(again)["outcome"]) == {"exists"}
        entry = books.find_entry(uuid.UUID(str(columns["id"][41])))
        assert entry is not None and entry.amount == 42 and entry.happened == BEGINS + datetime.timedelta(seconds=41)
        assert jd.commands_of(frame)[41].id == entry.id
        assert sum(books.balance(uuid.UUID(one)).credits_posted for one in accounts[1:]) == 5050
        (line,) = jd.to_table(books.trial_balance()).to_arrow().to_pylist()
        assert line == {
            "unit": UNIT, "accounts": 4, "debits_posted": 5050, "credits_posted": 5050,
            "debits_pending": 0, "credits_pending": 0,
        }  # fmt: skip
        assert books.verify()


def test_bad_cells_are_all_named_and_nothing_is_posted() -> None:
    books = jd.Ledger()
    accounts = opened(books, 2)
    columns = transfers(accounts, 3) | {"amount": [1.5, 2.0, 3.0], "reason": [0, -1, 0]}
    columns["debit"][2] = "V-0042"
    with pytest.raises(jd.InputError) as refused:
        books.post_many(columns)
    problems = refused.value.problems
    assert sorted(zip(problems["row"].tolist(), problems["code"].tolist())) == [
        (1, "number_invalid"), (2, "number_out_of_range"), (3, "id128_invalid"),
    ]  # fmt: skip
    assert books.head().count == 2


def test_entries_are_streamed() -> None:
    books = jd.Ledger()
    books.post_many(transfers(opened(books, 3), 1000))
    whole = jd.to_table(books.read_entries(1, 1003)).to_arrow()
    reader = books.entry_reader(rows_at_once=256)
    batches = list(reader)
    assert [batch.num_rows for batch in batches] == [256, 256, 256, 235]
    assert pyarrow.Table.from_batches(batches) == whole
    assert books.entry_reader(5, 8).read_all() == whole.slice(4, 4)
    assert books.entry_reader(5, 4).read_all().num_rows == 0
    with pytest.raises(ValueError):
        books.entry_reader(rows_at_once=0)


def test_hours_as_columns() -> None:
    hours = jd.HoursLedger(zone="Asia/Shanghai")
    columns = {
        "volunteer": ["V-1", "V-2", "V-1"],
        "need": ["N-1", "N-1", None],
        "organisation": ["O-1", "O-1", "O-2"],
        "begins": [BEGINS, BEGINS, None],
        "ends": [BEGINS + datetime.timedelta(hours=1), BEGINS + datetime.timedelta(hours=2), None],
        "served": [None, 5400, 600],
        "source": ["clock", None, "declared"],
    }
    outcomes = hours.post_many(columns)
    assert outcomes["outcome"].tolist() == ["booked"] * 3 and outcomes["volunteer"].tolist() == columns["volunteer"]
    assert hours.post_many(columns)["outcome"].tolist()[:2] == ["exists"] * 2
    assert hours.balance("V-2").confirmed == 5400
    first = jd.service_records(columns)[0]
    assert first.source is jd.RecordSource.clock and first.need == "N-1" and jd.counted_seconds(first).seconds == 3600
    assert hours.find(hours.id_of(first)) is not None
    with pytest.raises(jd.InputError) as refused:
        hours.post_many({"volunteer": ["V-3", None], "served": [60, 60], "ends": [BEGINS, None]})
    assert set(refused.value.problems["code"]) == {"value_missing", "volunteer_missing"}
    assert hours.account_of("V-3") is None


def test_many_threads_share_commits(tmp_path: Path) -> None:
    with jd.Store.open_or_create(tmp_path / "town.jiedui") as store:
        books = store.books
        accounts = opened(books, 2)
        commands = jd.commands_of(transfers(accounts, 160))
        outcomes: list[jd.Outcome] = []
        with jd.GroupCommit(books) as group:
            callers = [
                threading.Thread(target=lambda part=part: outcomes.extend(group.post(one) for one in commands[part::16]))
                for part in range(16)
            ]
            for caller in callers:
                caller.start()
            seen = books.balance(uuid.UUID(accounts[1])).credits_posted  # others take turns with it
            for caller in callers:
                caller.join()
            assert group.post(commands[:2]) == [jd.Outcome.exists] * 2
        assert outcomes == [jd.Outcome.booked] * 160
        assert 0 <= seen <= books.balance(uuid.UUID(accounts[1])).credits_posted == 160 * 161 // 2
        with pytest.raises(jd.Error, match="group_closed"):
            group.post(commands[0])
        left_open = jd.GroupCommit(books)
    with pytest.raises(jd.Error, match="group_closed"):
        left_open.post(commands[0])
    with pytest.raises(jd.Error, match="store_closed"):
        jd.GroupCommit(books)
