"""Reciprocal service and timetables from Python: the same names, the same answers, and the page that shows them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

import jiedui as jd

HOUR = timedelta(hours=1)
GIVEN = datetime(2026, 2, 20, 2, tzinfo=UTC)
FAR = datetime(2099, 3, 7, 1, tzinfo=UTC)
SESSION = jd.VenueSession("S@2099-03-07", "O-1", jd.ServiceInterval(FAR, FAR + 2 * HOUR))
PAGE = Path(__file__).resolve().parents[2] / "docs" / "reciprocal-service.md"


@pytest.fixture
def ids() -> jd.IdGenerator:
    return jd.IdGenerator()


def weekly(id: str = "SUN", **changed) -> jd.TimetableSession:
    return jd.TimetableSession(id, "O-1", **({"weekday": 7, "begins": 2.25 * HOUR, "ends": 2.75 * HOUR} | changed))


def test_a_session_in_the_gap_and_in_the_fold():
    timetable = jd.VenueTimetable([weekly()], zone="Europe/Berlin")
    (gap,) = jd.venue_sessions(timetable, "2026-03-29")
    assert gap.interval.begins == datetime(2026, 3, 29, 1, 15, tzinfo=UTC)
    assert (gap.begins_is, gap.ends_is) == ("skipped", "skipped")
    (fold,) = jd.venue_sessions(timetable, "2026-10-25")
    assert fold.interval == jd.ServiceInterval(*(datetime(2026, 10, 25, 0, m, tzinfo=UTC) for m in (15, 45)))
    assert (fold.id, fold.begins_is, fold.demand) == ("SUN@2026-10-25", "repeated", 1)
    (plain,) = jd.venue_sessions(timetable, "2026-11-01")
    assert (plain.begins_is, plain.ends_is) == ("unique", "unique")
    assert timetable.sessions[0].weekday == 7 and timetable.sessions[0].begins == 2.25 * HOUR


def test_problems_of_a_timetable_come_together():
    bad = jd.VenueTimetable([weekly(""), weekly(begins=24 * HOUR, demand=0)], zone="Nowhere", closed=[date(2026, 1, 1)])
    with pytest.raises(jd.InputError) as refused:
        jd.venue_sessions(bad, "2026")
    codes = list(refused.value.problems["code"])
    assert codes == ["zone_unknown", "id_missing", "number_out_of_range", "number_out_of_range"]
    with pytest.raises(ValueError):
        weekly(weekday=8)
    with pytest.raises(ValueError):
        weekly(begins=timedelta(seconds=90))
    with pytest.raises(TypeError):
        weekly(weekday=1.0)


def test_a_promise_from_accrual_to_withdrawal(ids):
    hours = jd.HoursLedger(zone="Asia/Shanghai")
    service = jd.ReciprocalService(hours, answer_within=timedelta(days=7))
    promise, plan = ids.next(), ids.next()
    assert service.accrue(promise, "F-1", "O-1", 5 * HOUR, GIVEN, agreed_by="P") is jd.Outcome.booked
    assert service.accrue(promise, "F-1", "O-1", 5 * HOUR, GIVEN, agreed_by="P") is jd.Outcome.exists
    with pytest.raises(jd.Error) as refused:
        service.schedule(plan, "F-1", SESSION, agreed_by="")
    assert refused.value.code == "agreement_missing"
    scheduled = service.schedule(plan, "F-1", SESSION, agreed_by="P")
    assert (scheduled.outcome, scheduled.amount) == (jd.Outcome.booked, 2 * HOUR)
    with pytest.raises(jd.Error) as refused:
        service.schedule(ids.next(), "F-2", SESSION, agreed_by="P")
    assert refused.value.code == "nothing_open"
    settled = service.settle(plan, 3 * HOUR, by="leader")
    assert (settled.outcome, settled.settled, settled.beyond) == (jd.Outcome.booked, 2 * HOUR, HOUR)
    assert service.cancel(plan) is jd.Outcome.claim_confirmed
    waived = service.waive(ids.next(), "F-1", "O-1", HOUR, by="leader")
    assert (waived.outcome, waived.amount) == (jd.Outcome.booked, HOUR)
    figures = service.figures("F-1", "O-1")
    assert (figures.accrued, figures.open, figures.scheduled) == (5 * HOUR, 2 * HOUR, 0 * HOUR)
    assert service.withdraw(ids.next(), "F-1", "O-1").amount == 2 * HOUR
    assert service.table().to_pandas().values.tolist() == [["F-1", "O-1", 18000, 0, 0, 7200, 10800]]
    assert hours.balance("F-1").confirmed == 0
    assert [line.unit for line in hours.books.trial_balance()] == [jd.ReciprocalService.unit()]
    assert hours.books.verify().sound


def test_it_is_there_again_in_a_store(tmp_path, ids):
    plan = ids.next()
    with jd.Store.open_or_create(tmp_path / "town.jiedui") as store:
        service = jd.ReciprocalService(store.ledger)
        service.accrue(ids.next(), "F-1", "O-1", 3 * HOUR, GIVEN, agreed_by="P")
        service.schedule(plan, "F-1", SESSION, agreed_by="P")
    with pytest.raises(jd.Error) as refused:
        service.table()
    assert refused.value.code == "store_closed"
    with jd.Store.open(tmp_path / "town.jiedui") as store:
        again = jd.ReciprocalService(store.ledger)
        assert again.figures("F-1", "O-1").scheduled == 2 * HOUR
        rows = again.schedules("O-1", "2099-03").to_pandas()
        assert rows["session"].tolist() == ["S@2099-03-07"] and rows["state"].tolist() == ["open"]
        assert again.cancel(plan) is jd.Outcome.booked
        assert store.verify().sound


def test_the_page_does_what_it_says():
    names: dict[str, object] = {}
    first, second = re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    exec(first, names)
    service, term, hours = names["service"], names["term"], names["hours"]
    assert len(names["plan"].pairs()) == 300
    rows = service.schedules("O-1", term).to_pandas()
    assert len(rows) == 300 and rows["session"].nunique() == 30
    assert rows["state"].value_counts().to_dict() == {"settled": 299, "cancelled": 1}
    totals = service.table().to_pandas()[["accrued", "open", "scheduled", "settled", "waived"]].sum() // 3600
    assert totals.tolist() == [600, 2, 0, 598, 0]
    assert names["stayed"].beyond == HOUR
    assert hours.served_records(term) == []
    exec(second, names)
    assert [record.confirmed for record in hours.served_records(term)] == [3600]
    assert hours.books.verify().sound
