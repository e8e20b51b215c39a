"""Service hours from Python: the same names, the same answers."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest

import jiedui as jd

HOUR = timedelta(hours=1)
PACK = jd.shipped_rule_pack("cn-guangdong-datong")


def record(need: str, begins: str, hours: float, **more: object) -> jd.ServiceRecord:
    start = datetime.fromisoformat(begins).replace(tzinfo=UTC)
    return jd.ServiceRecord(
        "V", need=need, organisation="O", intervals=[jd.ServiceInterval(start, start + hours * HOUR)], **more
    )


def test_a_long_day_waits_in_the_inboxes_of_its_approvers():
    ledger = jd.HoursLedger(zone="Asia/Shanghai")
    long_day = record("N1", "2026-03-05T00:00", 13)
    handed_in = ledger.submit(long_day, PACK)
    assert handed_in.outcome is jd.Outcome.booked
    assert handed_in.assessment.by_approver == [8 * HOUR, 0 * HOUR, 4 * HOUR, 1 * HOUR]
    assert ledger.balance("V").confirmed == 8 * 3600
    (item,) = ledger.inbox(jd.Approver.parent_organisation)
    assert item.record == handed_in.record and item.seconds == 4 * 3600
    assert ledger.inbox(jd.Approver.province, ["elsewhere"]) == []
    with pytest.raises(jd.Error) as refused:
        ledger.confirm(item.part, by="clerk")
    assert refused.value.code == "approver_too_low"
    assert ledger.confirm(handed_in.record, by="office", approver=jd.Approver.province) is jd.Outcome.booked
    life = ledger.history(handed_in.record)
    assert life.state is jd.RecordState.confirmed
    assert [part.answered_by for part in life.parts] == ["", "office", "office"]
    assert [one.record.id for one in ledger.histories("V")] == [handed_in.record]
    assert ledger.books.verify()


def test_disputes_are_settled_by_somebody_named():
    ledger = jd.HoursLedger(zone=PACK.zone)
    ledger.submit(record("N1", "2026-03-05T01:00", 2), PACK)
    late = ledger.submit(record("N2", "2026-03-05T02:30", 2), PACK)
    assert late.assessment.disputed == 0.5 * HOUR
    (dispute,) = ledger.disputes()
    assert len(dispute.disputed_with) == 1
    with pytest.raises(jd.Error, match="decides_own_claim"):
        ledger.settle(dispute.part, by="V", award=True)
    assert ledger.settle(dispute.part, by="office", award=True) is jd.Outcome.booked
    assert ledger.disputes() == []
    assert ledger.history(late.record).hours.confirmed == 2 * 3600


def test_a_pack_of_another_zone_is_refused():
    with pytest.raises(jd.Error, match="pack_zone_differs"):
        jd.HoursLedger(zone="UTC").submit(record("N1", "2026-03-05T01:00", 2), PACK)


def test_a_time_sheet_comes_from_a_frame_and_every_problem_is_listed():
    ledger = jd.HoursLedger(zone=PACK.zone)
    sheet = pd.DataFrame(
        {
            "volunteer": ["V1", "V1", "V2"],
            "organisation": "O",
            "begins": ["2026-03-05 08:00", "2026-03-05 09:00", "2026-03-05 08:00"],
            "ends": ["2026-03-05 10:00", "2026-03-05 11:00", "2026-03-05 18:00"],
            "activity": ["A", "B", "A"],
        }
    )
    outcomes = ledger.submit_table(sheet, PACK).to_pandas()
    assert list(outcomes["outcome"]) == ["booked"] * 3
    assert list(outcomes["confirmed"]) == [2 * 3600, 3600, 8 * 3600]
    assert list(outcomes["disputed"]) == [0, 3600, 0]
    assert list(outcomes["parent_organisation"]) == [0, 0, 2 * 3600]
    assert list(ledger.submit_table(sheet, PACK)["outcome"]) == ["exists"] * 3
    sheet.loc[1, "ends"] = "2026-03-05 08:30"
    sheet.loc[2, "begins"] = "soon"
    with pytest.raises(jd.InputError) as refused:
        jd.service_records(sheet, PACK.zone)
    assert [row["code"] for row in refused.value.problems.to_pandas().to_dict("records")] == [
        "interval_reversed",
        "instant_invalid",
    ]


def test_clocking_in_and_out():
    at = datetime(2026, 3, 5, 1, tzinfo=UTC)
    events = [
        jd.ClockEvent("V", True, at, activity="A", device="gate", skew=timedelta(seconds=60)),
        jd.ClockEvent("V", False, at + 2 * HOUR, activity="A"),
        jd.ClockEvent("W", True, at, activity="A"),
    ]
    found = jd.clocked_records(events, PACK)
    (made,) = found.records
    assert made.source is jd.RecordSource.clock and made.evidence.device == "gate"
    assert jd.counted_seconds(made) == 2 * HOUR + timedelta(seconds=60)
    assert list(found.problems["code"]) == ["clock_out_missing"]


def test_rule_packs():
    assert "cn-stars-2012" in jd.shipped_rule_packs()
    stars = jd.shipped_rule_pack("cn-stars-2012")
    assert [level.least for level in stars.stars.levels] == [h * HOUR for h in (100, 300, 600, 1000, 1500)]
    assert stars.retention == 10
    assert jd.displayed(1.9 * HOUR, stars.display) == HOUR
    text = json.loads(jd.rule_pack_text("cn-stars-2012"))
    assert json.loads(jd.rule_pack_schema())["properties"].keys() >= text.keys()
    text["stars"]["levels"][1]["hours"] = 50
    with pytest.raises(jd.InputError) as refused:
        jd.parse_rule_pack(json.dumps(text, indent=1), "mine.json")
    problem = refused.value.problems.to_pandas().iloc[0]
    assert problem["code"] == "levels_not_rising" and problem["column"] == "/stars/levels/1"
    sheet = jd.TimeSheet(PACK)
    assert sheet.add(record("N1", "2026-03-05T00:00", 9)).total() == 9 * HOUR
    assert sheet.covered(date(2026, 3, 5)) == 9 * HOUR


def test_a_record_has_breaks_evidence_and_other_organisers():
    start = datetime(2026, 3, 5, 1, tzinfo=UTC)
    made = record(
        "N1",
        "2026-03-05T01:00",
        4,
        breaks=[jd.ServiceInterval(start + HOUR, start + 1.5 * HOUR)],
        co_organisers=["B"],
        people_served=12,
        evidence=jd.RecordEvidence(document="form 7", position=jd.Position.from_degrees(23.1, 113.2)),
    )
    assert jd.counted_seconds(made) == 3.5 * HOUR
    assert len(jd.served_intervals(made)) == 2
    assert jd.organisation_shares(made, timedelta(seconds=3)) == [
        ("O", timedelta(seconds=2)),
        ("B", timedelta(seconds=1)),
    ]
    ledger = jd.HoursLedger()
    ledger.post(made)
    (found,) = [ledger.find(one.record.id) for one in ledger.histories("V")]
    assert found.evidence == made.evidence and found.people_served == 12 and found.breaks == made.breaks


def test_a_time_sheet_tells_all_its_problems_at_once():
    sheet = {
        "volunteer": ["V-1", "V-2", "V-3", "V-4"],
        "begins": ["soon", "2026-03-05 09:00", "2199-03-05 09:00", "2026-03-06 09:00"],
        "ends": ["2026-03-05 11:00", "2026-03-05 11:00", "2199-03-05 11:00", "2026-03-06 11:00"],
        "source": ["clock", "backfilled", "clock", "clock"],
        "co_organisers": ["", "", "", "O-2; O-3"],
    }
    ledger = jd.HoursLedger(zone=PACK.zone)
    with pytest.raises(jd.InputError) as refused:
        ledger.submit_table(sheet, PACK)
    found = refused.value.problems
    assert list(zip(found["row"].tolist(), list(found["code"]), strict=True)) == [
        (1, "instant_invalid"),
        (2, "backfill_author_missing"),
        (2, "backfill_reason_missing"),
        (2, "backfill_evidence_missing"),
        (3, "service_not_over"),
    ]
    assert ledger.served_records("2026") == []
    sound = {name: cells[3:] for name, cells in sheet.items()}
    assert ledger.submit_table(sound, PACK).to_pandas()["outcome"].tolist() == ["booked"]
    (record,) = ledger.served_records("2026")
    assert record.co_organisers == ["O-2", "O-3"]
