"""Hours and books: posting, statements, stores."""

from __future__ import annotations

import datetime
import sqlite3
import threading
from pathlib import Path

import pytest

import jiedui as jd

BEGINS = datetime.datetime(2026, 3, 5, 1, 30, tzinfo=datetime.timezone.utc)
PAIR = jd.PlannedPair("V-0042", "N-1", points=10, begins=BEGINS)
HOUR = datetime.timedelta(hours=1)


def record(number: int) -> jd.ServiceRecord:
    begins = BEGINS + number * datetime.timedelta(days=1)
    return jd.ServiceRecord("V-0042", need=f"N-{number}", intervals=[jd.ServiceInterval(begins, begins + HOUR)])


def test_the_program_of_the_design(network: jd.Network, plan: jd.Plan, tmp_path: Path) -> None:
    with jd.Store.open_or_create(tmp_path / "town.jiedui", zone="Asia/Shanghai") as store:
        store.save(network)
        assert store.ledger.post(jd.served(PAIR, 1.5 * HOUR)) is jd.Outcome.booked
    with jd.Store.open(tmp_path / "town.jiedui") as store:
        store.save(plan)
        frame = store.ledger.statement("V-0042", month="2026-03").to_pandas()
        assert frame["confirmed_seconds"].tolist() == [5400] and frame["need"].tolist() == ["N-1"]
        assert store.load_plan() == plan
        assert store.load_network().tables(personal=True) == network.tables(personal=True)
        assert store.verify() and str(store.verify())
    assert jd.verify_store(tmp_path / "town.jiedui").sound


def test_outcomes_are_values() -> None:
    hours = jd.HoursLedger(zone="Asia/Shanghai")
    assert hours.post(jd.served(PAIR, HOUR)) is jd.Outcome.booked
    assert hours.post(jd.served(PAIR, HOUR)) is jd.Outcome.exists
    again = hours.post(jd.served(PAIR, 2 * HOUR))
    assert again is jd.Outcome.exists_with_different_amount
    assert jd.info(again).cure and jd.succeeded(jd.Outcome.exists) and not jd.succeeded(again)


def test_claims_wait_to_be_confirmed() -> None:
    hours = jd.HoursLedger()
    assert hours.claim([record(0), record(1), record(2)]) == [jd.Outcome.booked] * 3
    assert hours.balance("V-0042").claimed == 3 * 3600
    assert hours.confirm(record(0), by="E-1", seconds=HOUR / 2) is jd.Outcome.booked
    assert hours.decline(record(1), reason=jd.HoursReason.not_served) is jd.Outcome.booked
    assert hours.balance("V-0042").confirmed == 1800 and hours.balance("V-0042").claimed == 3600
    known = hours.id_of(record(0))
    assert hours.correct(known) is jd.Outcome.booked and hours.balance("V-0042").confirmed == 0
    found = hours.find(known)
    assert found is not None and found.need == "N-0" and hours.find(jd.Id128(0, 1)) is None


def test_many_claims_are_answered_at_once() -> None:
    hours = jd.HoursLedger()
    records = [record(number) for number in range(5)]
    hours.claim(records)
    assert hours.confirm(records[:3], by="E-1") == [jd.Outcome.booked] * 3
    assert hours.decline(records[3:]) == [jd.Outcome.booked] * 2
    assert hours.balance("V-0042").confirmed == 3 * 3600 and hours.balance("V-0042").claimed == 0


def test_statements() -> None:
    hours = jd.HoursLedger(zone="UTC")
    hours.post([record(number) for number in range(40)])
    march = hours.statement("V-0042", month="2026-03")
    assert march.confirmed() == 27 * 3600 == march.closing.confirmed and march.opening.confirmed == 0
    assert len(march.lines) == len(march.table()) == 27 and "V-0042" in str(march)
    assert march.confirmed(jd.RecordSource.clock) == 0 and march.lines[0].need == "N-0"
    assert march.period == jd.CalendarPeriod(datetime.date(2026, 3, 1), datetime.date(2026, 3, 31))
    assert hours.statement("V-0042", "2026").confirmed() == 40 * 3600
    assert hours.statement("V-0042", jd.CalendarPeriod("2026-03-05")).confirmed() == 3600
    assert hours.statement("nobody", "2026").lines == []
    assert jd.hours_text(5400) == "1:30:00" and march.to_arrow().num_rows == 27
    with pytest.raises(jd.Error, match="period_invalid"):
        hours.statement("V-0042", month="March")
    with pytest.raises(jd.Error, match="period_invalid"):
        hours.statement("V-0042", month="2026-13")
    with pytest.raises(TypeError, match="either a period or a month"):
        hours.statement("V-0042")


@pytest.mark.parametrize(
    "duration", [90, 1.5, "1:30", datetime.timedelta(milliseconds=1500)], ids=["int", "float", "str", "not whole"]
)
def test_durations_are_timedeltas_of_whole_seconds(duration: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        jd.served(PAIR, duration)  # type: ignore[arg-type]


def test_instants_have_a_zone_and_whole_seconds() -> None:
    with pytest.raises(TypeError, match="time zone"):
        jd.served(PAIR, HOUR, BEGINS.replace(tzinfo=None))
    with pytest.raises(ValueError, match="whole seconds"):
        jd.served(PAIR, HOUR, BEGINS.replace(microsecond=5))
    shanghai = BEGINS.astimezone(datetime.timezone(datetime.timedelta(hours=8)))
    assert jd.served(PAIR, HOUR, shanghai) == jd.served(PAIR, HOUR, BEGINS) == jd.served(PAIR, HOUR)
    early = datetime.datetime(1931, 5, 6, 7, 8, 9, tzinfo=datetime.timezone.utc)
    assert jd.ServiceInterval(early, BEGINS).begins == early


def test_bad_records_are_refused_with_all_problems() -> None:
    backwards = jd.ServiceRecord("", intervals=[jd.ServiceInterval(BEGINS + HOUR, BEGINS)])
    with pytest.raises(jd.InputError) as caught:
        jd.HoursLedger().post([record(0), backwards])
    assert {"volunteer_missing", "interval_reversed"} <= set(caught.value.problems["code"])


def test_double_entry() -> None:
    books, ids = jd.Ledger(), jd.IdGenerator()
    spender, earner = ids.next(), ids.next()
    unit = jd.Unit.time_credits()
    limits = jd.AccountLimits(debits_over_credits_max=0)
    assert (
        books.post([jd.OpenAccount(spender, unit), jd.OpenAccount(earner, unit, limits=limits)])
        == [jd.Outcome.booked] * 2
    )
    assert books.post(jd.Transfer(ids.next(), spender, earner, 3600, unit)) is jd.Outcome.booked
    assert books.post(jd.Transfer(ids.next(), earner, spender, 7200, unit)) is jd.Outcome.debit_limit_exceeded
    assert books.balance(earner).net == 3600 and books.balance(spender).net == -3600
    both = [
        jd.linked(jd.Transfer(ids.next(), earner, spender, 1, unit)),
        jd.Transfer(ids.next(), earner, spender, 9999, unit),
    ]
    assert books.post(both)[0] is jd.Outcome.linked_entry_failed
    (total,) = books.trial_balance()
    assert total.sums_to_zero and total.debits_posted == 3600
    report = books.verify([books.head()])
    assert report and report.heads_matched == 1 and report.finding is jd.Finding.sound
    entries = books.read_entries(1, 100)
    assert [entry.number for entry in entries] == [1, 2, 3] and len(jd.to_table(entries)) == 3
    assert books.read_entries_of(earner) == entries[1:]
    head = jd.first_head(books.head().book)
    for entry in entries:
        assert jd.read_canonical(jd.canonical_bytes(entry)) == entry
        head = jd.next_head(head, entry)
    assert head == books.head() and entries[2].booked > entries[1].booked
    run = jd.EntryRun(jd.first_head(head.book), entries)
    assert jd.entries_from_bytes(jd.to_bytes(run)) == run
    march = jd.Period(BEGINS, BEGINS + datetime.timedelta(days=36500))
    assert books.statement(earner, march, jd.TimeAxis.booked).to_pandas()["amount"].tolist() == [0, 3600]
    with pytest.raises(jd.Error, match="account_unknown"):
        books.balance(ids.next())
    with pytest.raises(TypeError, match="whole number"):
        jd.Transfer(ids.next(), spender, earner, 1.0, unit)  # type: ignore[arg-type]


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    store = jd.Store.open_or_create(tmp_path / "town.jiedui")
    hours, books = store.ledger, store.books
    store.close()
    assert not store.is_open and "closed" in repr(store)
    for use in (lambda: hours.balance("V"), books.head, lambda: store.path, hours.advance, store.verify):
        with pytest.raises(jd.Error, match="store_closed"):
            use()
    store.close()


def test_stores_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(jd.Error, match="store_missing"):
        jd.Store.open(tmp_path / "none.jiedui")
    assert jd.Store.open_if_exists(tmp_path / "none.jiedui") is None
    (tmp_path / "text.jiedui").write_text("no store")
    with pytest.raises(jd.Error, match="store_foreign"):
        jd.Store.open(tmp_path / "text.jiedui")
    with jd.Store.open_or_create(tmp_path / "town.jiedui") as store:
        assert not store.has_plan and not store.has_network
        with pytest.raises(jd.Error, match="plan_missing"):
            store.load_plan()
    with jd.Store.open(tmp_path / "town.jiedui", jd.StoreAccess.read_only) as store:
        with pytest.raises(jd.Error, match="store_read_only"):
            store.ledger.post(record(0))


def test_the_file_is_readable_by_others(network: jd.Network, plan: jd.Plan, tmp_path: Path) -> None:
    path = tmp_path / "town.jiedui"
    with jd.Store.open_or_create(path) as store:
        store.save(network, personal=False)
        store.save(plan)
        store.checkpoint()
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as other:
            (pairs,) = other.execute("SELECT count(*) FROM plan_pairs").fetchone()
            assert pairs == plan.size
        assert store.load_network().position(jd.VolunteerIndex(0)) is None


def test_threads_take_turns(tmp_path: Path) -> None:
    with jd.Store.open_or_create(tmp_path / "town.jiedui") as store:
        hours = store.ledger
        outcomes: list[jd.Outcome] = []

        def post(begin: int) -> None:
            outcomes.extend(hours.post(record(number)) for number in range(begin, begin + 10))

        threads = [threading.Thread(target=post, args=(10 * part,)) for part in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert outcomes == [jd.Outcome.booked] * 40 and hours.balance("V-0042").confirmed == 40 * 3600
        assert hours.books.verify()


def test_people_can_be_erased() -> None:
    hours = jd.HoursLedger()
    hours.post([record(0), record(1)])
    assert hours.account_of("V-0042") is not None
    assert hours.erase("V-0042") is jd.Outcome.booked
    assert hours.account_of("V-0042") is None and hours.books.verify()
