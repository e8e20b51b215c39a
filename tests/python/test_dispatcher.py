"""A plan that is kept optimal while the day changes, step by step."""

from __future__ import annotations

import os
import signal
import threading
import time
from typing import Any

import numpy as np
import pytest
from conftest import SCALE
from towns import town

import jiedui as jd


def pairs_of(plan: jd.Plan) -> set[tuple[str, str]]:
    return {(pair.volunteer, pair.need) for pair in plan.pairs()}


def held_by_all(day: jd.Dispatcher, before: set[tuple[str, str]], change: jd.PlanChange) -> set[tuple[str, str]]:
    """The plan is proved, as good as one solved anew, and the change is what it says."""
    plan, market = day.plan(), day.market()
    assert jd.verify(plan, market)
    cold = jd.solve(market)
    assert plan.tiers == cold.tiers and plan.points - plan.load_cost == cold.points - cold.load_cost
    after = pairs_of(plan)
    assert set(change.added) == after - before and set(change.dropped) == before - after
    touched = {*change.added, *change.dropped, *change.moved}
    assert change.volunteers == sorted({volunteer for volunteer, _ in touched})
    assert change.needs == sorted({need for _, need in touched})
    assert bool(change) == bool(touched) and change.empty is not bool(change)
    return after


def test_random_days_stay_optimal(network: jd.Network) -> None:
    dice = np.random.default_rng(12)
    for load_cost in ([], [0, 300]):
        market = jd.Market(network, load_cost=load_cost)
        day = jd.Dispatcher(market)
        now = pairs_of(day.plan())
        volunteers, needs = network.ids("volunteers"), network.ids("needs")
        for _ in range(max(20, round(60 * SCALE))):
            pair = sorted(now)[dice.integers(len(now))]
            volunteer, need = volunteers[dice.integers(len(volunteers))], needs[dice.integers(len(needs))]
            kind = dice.integers(6)
            try:
                if kind == 0:
                    change = day.decline(*pair)
                elif kind == 1:
                    change = day.confirm(*pair)
                elif kind == 2:
                    change = day.unpin(*pair)
                elif kind == 3:
                    change = day.pin(volunteer, need)
                elif kind == 4:
                    change = day.set_capacity(volunteer, int(dice.integers(3)))
                else:
                    change = day.set_demand(need, int(dice.integers(4)))
            except jd.Error as error:
                assert error.code.startswith("pin_") or error.code.endswith("_out_of_range")
                continue
            now = held_by_all(day, now, change)


def test_what_is_confirmed_stays_and_what_is_declined_does_not_come_back(market: jd.Market) -> None:
    day = jd.Dispatcher(market, threads=2)
    first, second = day.plan().pair(0), day.plan().pair(1)
    assert not day.confirm(first.volunteer, first.need)
    assert day.plan().table()["pinned"].tolist().count("yes") == 1
    change = day.decline(second.volunteer, second.need)
    assert (second.volunteer, second.need) in change.dropped and "dropped" in repr(change)
    day.set_capacity(first.volunteer, 1)
    with pytest.raises(jd.Error, match="capacity_out_of_range"):
        day.set_capacity(first.volunteer, 0)
    now = pairs_of(day.plan())
    assert (first.volunteer, first.need) in now and (second.volunteer, second.need) not in now
    assert [reason.code for reason in day.market().reasons_against(second.volunteer, second.need)] == ["forbidden"]
    with pytest.raises(jd.Error, match="pair_unknown"):
        day.confirm(second.volunteer, second.need)
    with pytest.raises(jd.Error, match="id_unknown"):
        day.decline("nobody", second.need)
    with pytest.raises(TypeError):
        day.set_demand(second.need, 1.0)  # type: ignore[arg-type]
    assert "units filled" in repr(day) and day.plan().network.need_count == market.need_count


def test_proposals_say_what_a_choice_costs(market: jd.Market) -> None:
    day = jd.Dispatcher(market)
    plan = day.plan()
    value, need = plan.value, plan.pair(0).need
    proposals = day.propose(need, 5)
    assert [proposal.points for proposal in proposals] == sorted((p.points for p in proposals), reverse=True)
    serving = {pair.volunteer for pair in plan.pairs_of_need(need)}
    for proposal in proposals:
        assert proposal.cost >= 0 and (proposal.volunteer not in serving or proposal.cost == 0)
        if proposal.points_lost is not None:
            assert proposal.points_lost == proposal.cost and proposal.volunteer in repr(proposal)
            trial = jd.Dispatcher(market)
            try:
                trial.pin(proposal.volunteer, need)
            except jd.Error:
                continue
            assert plan.points - trial.plan().points == proposal.points_lost
    assert day.plan() == plan and day.plan().value == value


def test_fewest_changes_against_a_plan_before() -> None:
    # Any two of four volunteers are equally good; the plan before says which two it was.
    columns = {"volunteer": [0, 1, 2, 3] * 2, "need": [0] * 4 + [1] * 4, "points": [5] * 8}
    demand, capacity = np.ones(2, int), np.ones(4, int)
    market = jd.ExplicitMarket(**columns, capacity=capacity, demand=demand)
    before = jd.solve(jd.ExplicitMarket.of(**columns, capacity=capacity, demand=demand, pinned=[(3, 0, 5), (2, 1, 5)]))
    assert pairs_of(before) == {("3", "0"), ("2", "1")}
    assert pairs_of(jd.solve(market)) != pairs_of(before)
    plan = jd.solve(market, before=before)
    assert pairs_of(plan) == pairs_of(before) and jd.verify(plan, market)
    assert pairs_of(jd.Dispatcher(market, before=before).plan()) == pairs_of(before)


def test_an_update_brings_new_people(network: jd.Network) -> None:
    day = jd.Dispatcher(jd.Market(network))
    kept = day.plan().pair(0)
    day.confirm(kept.volunteer, kept.need)
    now = pairs_of(day.plan())
    change = day.update(jd.Market(town(people=140, requests=60)), threads=2)
    after = held_by_all(day, now, change)
    assert day.market().volunteer_count == 140
    if day.market().reasons_against(kept.volunteer, kept.need) == []:
        assert (kept.volunteer, kept.need) in after


def test_threads_take_turns(market: jd.Market) -> None:
    day = jd.Dispatcher(market)
    pairs = sorted(pairs_of(day.plan()))
    failed: list[Exception] = []

    def work(mine: list[tuple[str, str]]) -> None:
        try:
            for pair in mine:
                day.decline(*pair)
                day.propose(pair[1], 2)
        except Exception as error:  # noqa: BLE001: seen by the test
            failed.append(error)

    threads = [threading.Thread(target=work, args=(pairs[part::3],)) for part in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed and jd.verify(day.plan(), day.market()) and not pairs_of(day.plan()) & set(pairs)


def test_ctrl_c_is_let_through() -> None:
    size = 1000
    need, volunteer = np.divmod(np.arange(size * size), size)
    ones = np.ones(size, int)
    columns: dict[str, Any] = {"volunteer": volunteer, "need": need, "points": (need + 1) * (volunteer + 1)}
    market = jd.ExplicitMarket(**columns, capacity=ones, demand=ones)

    def send() -> None:
        time.sleep(0.2)
        os.kill(os.getpid(), signal.SIGINT)

    sender = threading.Thread(target=send)
    sender.start()
    with pytest.raises(KeyboardInterrupt):
        jd.Dispatcher(market)
    sender.join()


def test_people_and_needs_come_go_and_are_edited(network: jd.Network) -> None:
    day = jd.Dispatcher(jd.Market(network))
    now = pairs_of(day.plan())
    volunteer, need = network.volunteer("V-00003"), network.need("N-00005")

    def mixed(row: jd.Volunteer | jd.Need, **fields: Any) -> Any:
        values = {name: getattr(row, name) for name in dir(row) if not name.startswith("_")}
        return type(row)(**{name: value for name, value in values.items() if not callable(value)} | fields)

    now = held_by_all(day, now, day.add_volunteer(mixed(volunteer, id="V-new", capacity=2)))
    now = held_by_all(day, now, day.add_need(mixed(need, id="N-new", demand=2, tier=1)))
    now = held_by_all(day, now, day.edit_volunteer(mixed(volunteer, capacity=3, skills=[])))
    now = held_by_all(day, now, day.edit_need(mixed(need, tier=3)))
    assert "V-new" in day.network().ids("volunteers") and "N-new" in day.network().ids("needs")
    now = held_by_all(day, now, day.withdraw_volunteer(volunteer.id))
    now = held_by_all(day, now, day.withdraw_need(need.id))
    assert day.market().volunteer_count == network.volunteer_count and volunteer.id not in day.network().ids("volunteers")
    with pytest.raises(jd.Error, match="id_duplicate"):
        day.add_need(mixed(need, id="N-new"))
    with pytest.raises(jd.InputError):
        day.add_need(mixed(need, id="N-other", item="no such item"))
    with pytest.raises(jd.Error, match="market_explicit"):
        jd.Dispatcher(jd.ExplicitMarket(volunteer=[0], need=[0], points=[1], capacity=[1], demand=[1])).add_volunteer(
            volunteer
        )


def test_operations_are_done_all_or_none(network: jd.Network) -> None:
    day = jd.Dispatcher(jd.Market(network))
    before = day.plan()
    pair, other = before.pair(0), before.pair(1)
    refused = jd.Operations().decline(pair.volunteer, pair.need).confirm(pair.volunteer, pair.need)
    with pytest.raises(jd.Error, match=r"pair_unknown.*operation 1"):
        day.apply(refused)
    assert day.plan() == before and len(refused) == refused.size == 2
    change = day.apply(
        jd.Operations()
        .decline(pair.volunteer, pair.need)
        .confirm(other.volunteer, other.need)
        .set_capacity(pair.volunteer, 0)
        .set_demand(other.need, 1)
    )
    assert (pair.volunteer, pair.need) not in held_by_all(day, pairs_of(before), change)


def test_the_clock_keeps_what_has_begun(network: jd.Network) -> None:
    day = jd.Dispatcher(jd.Market(network))
    plan = day.plan()
    times = sorted(pair.begins for pair in plan.pairs() if pair.begins is not None)
    middle = times[len(times) // 2]
    change = day.advance(middle)
    assert not change and day.clock() == middle
    assert jd.verify(day.plan(), day.market()) and pairs_of(day.plan()) == pairs_of(plan)
    begun = next(pair for pair in plan.pairs() if pair.begins == times[0])
    with pytest.raises(jd.Error, match="pair_begun"):
        day.unpin(begun.volunteer, begun.need)
    with pytest.raises(jd.Error, match="clock_backwards"):
        day.advance(times[0])
    closed = set(change.closed)
    assert closed <= set(network.ids("needs"))
    assert jd.Market(network, begin_after=middle).pair_count < jd.Market(network).pair_count
