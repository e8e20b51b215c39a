"""What comes out of the hours, from Python: the same names, the same answers, as frames and charts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

import jiedui as jd
from jiedui import hour_plots

HOUR = 3600
DATONG = jd.shipped_rule_pack("cn-guangdong-datong")
CHINA = jd.shipped_rule_pack("cn-stars-2012")
BEIJING = jd.shipped_rule_pack("cn-beijing-stars")
LAST = date(2199, 12, 31)


def served(volunteer: str, day: str, hours: int, **more: object) -> jd.ServedRecord:
    return jd.ServedRecord(volunteer, date.fromisoformat(day), hours * HOUR, **more)


@pytest.fixture
def books() -> jd.HoursLedger:
    """30 days of 10 hours by V1, three of them by V2."""
    ledger = jd.HoursLedger(zone="Asia/Shanghai")
    for day in range(30):
        begins = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(days=day)
        interval = jd.ServiceInterval(begins, begins + timedelta(hours=10))
        for volunteer in ("V1", "V2") if day < 3 else ("V1",):
            record = jd.ServiceRecord(
                volunteer, need=f"N{day}", organisation="O1", co_organisers=["O2"], intervals=[interval]
            )
            assert ledger.post(record) is jd.Outcome.booked
    return ledger


def test_reports_agree_with_the_statements(books: jd.HoursLedger):
    records = books.served_records("2026")
    report = jd.hours_report(records, ["volunteer"])
    for line in report.lines:
        assert line.confirmed == books.statement(line.keys[0], "2026").confirmed()
    assert report.total.person_times == 33 and report.total.distinct_persons == 2
    frame = jd.hours_report(records, [jd.GroupBy.organisation, "month"]).to_pandas()
    assert list(frame["organisation"]) == ["O1", "O2"] and frame["confirmed_seconds"].tolist() == [165 * HOUR] * 2
    assert jd.served_table(records).to_pandas()["confirmed_seconds"].sum() == 330 * HOUR
    with pytest.raises(jd.Error) as unknown:
        jd.hours_report(records, ["weather"])
    assert unknown.value.code == "choice_unknown"
    stopped = []
    books.served_records("2026", progress=stopped.append)


def test_rankings_have_equal_places():
    report = jd.hours_report([served(v, "2026-03-01", h) for v, h in (("A", 2), ("B", 5), ("C", 5), ("D", 9))], ["volunteer"])
    ranked = jd.ranking(report)
    assert [(one.rank, one.line.keys[0]) for one in ranked] == [(1, "D"), (2, "B"), (2, "C"), (4, "A")]
    assert jd.ranking_table(ranked, report.by).to_pandas()["rank"].tolist() == [1, 2, 2, 4]
    assert [one.rank for one in jd.ranking(report, "person_times", last=1)] == [1, 1, 1, 1]


def test_stars_of_two_packs(books: jd.HoursLedger):
    (first, second) = jd.stars(books.served_records("2026"), CHINA.stars, LAST)
    assert [star.day for star in first.reached] == [date(2026, 3, 10), date(2026, 3, 30)]
    assert second.reached == [] and second.to_next == 70 * HOUR
    assert jd.star_table([first, second]).to_pandas()["counted_seconds"].tolist() == [300 * HOUR, 30 * HOUR]
    changes = jd.compare_packs(books.all_histories("2026"), CHINA, BEIJING, LAST)
    assert [(one.after.volunteer, one.counted, one.star) for one in changes] == [("V1", 0, False), ("V2", 0, False)]
    assert changes[0].before.stars.to_next == 300 * HOUR and changes[0].after.stars.to_next == 200 * HOUR
    assert jd.pack_change_table(changes).to_pandas()["before_counted_seconds"].sum() == 330 * HOUR


def test_a_recount_under_the_tiers_of_guangdong(books: jd.HoursLedger):
    (first, second) = jd.recount(books.all_histories("2026"), DATONG, LAST)
    assert first.by_approver == [240 * HOUR, 0, 60 * HOUR, 0] and first.counted() == 300 * HOUR
    assert jd.recount_table([second]).to_pandas()["automatic_seconds"].tolist() == [24 * HOUR]
    assert books.balance("V1").confirmed == 300 * HOUR


def test_the_list_for_supervision_takes_in_its_bounds():
    units = [
        jd.UnitFigures("at 90", teams=1, expected=1000, registered=900, active=900),
        jd.UnitFigures("above", teams=1, expected=1000, registered=902, active=452),
        jd.UnitFigures("at 50", teams=1, expected=1000, registered=902, active=451),
        jd.UnitFigures("no team", teams=0, expected=10, registered=10, active=10),
    ]
    items = jd.supervision_list(units, DATONG.supervision)
    assert [(i.figures.unit, i.no_team, i.registration, i.activity) for i in items] == [
        ("at 90", False, True, False),
        ("at 50", False, False, True),
        ("no team", True, False, False),
    ]
    assert jd.supervision_table(items).to_pandas()["no_team"].tolist() == [0, 0, 1]


def test_rates_and_loads():
    assert jd.Rate(6259, 10000).basis_points() == 6259 and jd.Rate(1, 0).basis_points() is None
    load = jd.work_load(3000, 7, 400)
    assert (load.each, load.left, load.is_over) == (428, 4, True)
    with pytest.raises(jd.Error) as nobody:
        jd.work_load(3000, 0)
    assert nobody.value.code == "workers_missing"


def test_places_roll_up():
    network = jd.Network.from_frames(
        places={"id": ["county", "village"], "level": [1, 2], "parent": [None, "county"]},
        volunteers={"id": ["V1", "V2"], "place": ["village"] * 2, "registered_since": ["2026-01-01", None]},
    )
    records = [served("V1", "2026-03-01", 3, place="village"), served("V2", "2026-03-01", 1, place="county")]
    county, village = jd.hours_by_place(records, network)
    assert (county.own.confirmed, county.total.confirmed, village.total.confirmed) == (HOUR, 4 * HOUR, 3 * HOUR)
    assert jd.place_hours_table([county]).to_pandas()["total_distinct_persons"].tolist() == [2]
    assert jd.registrations(network) == {"V1": date(2026, 1, 1)}
    activity = DATONG.activity
    assert jd.activity_rate(records, activity, ["V1", "V3"]).basis_points() == 5000
    figures = jd.place_figures(network, records, activity, LAST, {"village": 4})
    assert [(one.unit, one.expected, one.registered) for one in figures] == [("county", 4, 2), ("village", 4, 2)]
    assert jd.supervisor_spans(network, LAST) == [] and len(jd.span_table([])) == 0


def made_year() -> list[jd.ServedRecord]:
    return [
        served(
            f"V{person}",
            f"2026-{month:02}-{1 + person % 28:02}",
            (person * month) % 40,
            source=list(jd.RecordSource)[(person + month) % 4],
        )
        for month in (1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12)
        for person in range(40)
    ]


def test_charts(tmp_path):
    records = made_year()
    months = hour_plots.hours_by_month(jd.hours_report(records, ["month"]), tmp_path / "months.png")
    labels = [label.get_text() for label in months.axes[0].get_xticklabels()]
    assert labels[3] == "2026-04" and len(labels) == 12  # the month without hours too
    heights = [patch.get_height() for patch in months.axes[0].patches]
    assert sum(heights) == pytest.approx(sum(record.confirmed for record in records) / HOUR)
    with pytest.raises(jd.Error) as other:
        hour_plots.hours_by_month(jd.hours_report(records, ["item"]))
    assert other.value.code == "chart_not_of_this"

    ranked = jd.ranking(jd.hours_report(records, ["volunteer"]), last=12)
    bars = hour_plots.ranking(ranked, tmp_path / "ranking.png").axes[0].patches
    assert [bar.get_width() for bar in bars] == [one.line.confirmed / HOUR for one in ranked]

    units = [
        jd.UnitFigures("城西社区", teams=2, expected=800, registered=640, active=500),
        jd.UnitFigures("河东社区", teams=0, expected=500, registered=470, active=300),
        jd.UnitFigures("Hexiyuan", teams=1, expected=400, registered=400, active=120),
        jd.UnitFigures("Nanmen", teams=1, expected=0, registered=50, active=25),
    ]
    listed = jd.supervision_list(units, DATONG.supervision)
    chart = hour_plots.supervision(listed, DATONG.supervision, tmp_path / "supervision.png")
    assert [text.get_text() for text in chart.axes[0].texts] == ["registration", "no team", "activity", "activity"]

    standings = jd.stars(records, CHINA.stars, LAST)
    chart = hour_plots.stars(standings, CHINA.stars, tmp_path / "stars.png")
    assert sum(bar.get_height() for bar in chart.axes[0].patches) == 40
    assert hour_plots.stars([], CHINA.stars).axes and hour_plots.ranking([]).axes
    assert hour_plots.hours_by_month(jd.hours_report([], ["month"])).axes
    assert all((tmp_path / f"{name}.png").stat().st_size for name in ("months", "ranking", "supervision", "stars"))
