"""What limits plans beyond capacity and demand: pins, load, least pairs, totals; bounds and threads."""

from __future__ import annotations

import datetime
import itertools
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import jiedui as jd

HERE = jd.Position(289_405_180, 1_188_955_180)


def small(volunteers: int = 3, needs: int = 2, capacity: int = 2) -> jd.Network:
    """Volunteers v0 … of the organisations "o" and "below" by turns, all of whom can meet all needs n0 …"""
    builder = jd.NetworkBuilder()
    builder.add(jd.Organisation(id="a")).add(jd.Organisation(id="o")).add(jd.Organisation(id="below", parent="o"))
    builder.add(jd.Beneficiary(id="b"))
    for number in range(volunteers):
        builder.add(
            jd.Volunteer(
                id=f"v{number}",
                organisation="below" if number % 2 else "o",
                position=HERE,
                skills=[jd.SkillLevel("company", 3)],
                birth_year=jd.YearRange(1990, 1990),
                capacity=capacity,
                registered_since=datetime.date(2026, 1, 1),
            )
        )
    for number in range(needs):
        builder.add(jd.Need(id=f"n{number}", beneficiary="b", item="A1", position=HERE))
    builder.add(jd.Edge(id="e", kind="bond", from_="v1", to="b"))
    return builder.build()


def pairs_of(plan: jd.Plan) -> set[tuple[str, str]]:
    return {(pair.volunteer, pair.need) for pair in plan.pairs()}


def error_code(network: jd.Network, **options: Any) -> str:
    with pytest.raises(jd.Error) as caught:
        jd.Market(network, **options)
    return caught.value.code


def test_options_become_limits() -> None:
    options = {"least": {"v1": 2}, "load_before": {"v0": 3}, "organisation_totals": {"o": 1, "below": 5}}
    for form in (dict, lambda given: list(given.items())):
        market = jd.Market(
            small(),
            pinned=[("v2", "n1")],
            forbidden=[("v0", "n0")],
            load_cost=[0, 20, 60],
            threads=2,
            **{name: form(given) for name, given in options.items()},  # type: ignore[arg-type]
        )
        limits = market.limits
        assert limits.capacity.tolist() == [2, 2, 2] and limits.demand.tolist() == [1, 1]
        assert limits.least.tolist() == [0, 2, 0] and limits.load_before.tolist() == [3, 0, 0]
        assert limits.load_cost.tolist() == [0, 20, 60] and limits.organisation_total.tolist() == [5, 1]
        assert limits.organisation.tolist() == [1, 0, 1] and limits.need.size == 0 and limits.need_of(1) == 1
        assert [market.organisation_id(number) for number in range(2)] == ["below", "o"]
        assert limits.cost_of(0, 1) == 60 and limits.cost_of(1, 2) == 20
        pin = limits.pinned[0]
        assert (pin.need.value, pin.candidate.volunteer.value) == (1, 2) and len(limits.pinned) == 1
        assert limits.volunteers == 3 and limits.needs == 2 and "1 pins" in repr(limits)
        with pytest.raises(ValueError, match="read-only"):
            limits.least[0] = 1
        with pytest.raises(IndexError):
            limits.need_of(2)
        assert [reason.code for reason in market.reasons_against("v0", "n0")] == ["forbidden"]


def test_a_plan_tells_pins_load_and_who_goes_short(tmp_path: Path) -> None:
    market = jd.Market(
        small(volunteers=4),
        pinned=[("v2", "n1")],
        least={"v1": 2, "v3": 1},
        load_cost=[7, 20],
        organisation_totals={"o": 1},
    )
    plan = jd.solve(market, threads=2)
    assert pairs_of(plan) in ({("v2", "n1"), ("v1", "n0")}, {("v2", "n1"), ("v3", "n0")})
    assert sum(plan.unmet.values()) == 2 and set(plan.unmet) <= {"v1", "v3"} and plan.load_cost == 14
    assert plan.table()["pinned"].tolist() == ["no", "yes"]
    assert "less 14 for load" in plan.summary() and "less than their least" in plan.summary()
    assert "go off for load" in plan._repr_html_() and "less than the least" in plan._repr_html_()
    for checked in (jd.verify(plan, market, threads=2), jd.verify(plan, market, exhaustive=True)):
        assert checked and checked.feasible and checked.optimal and not checked.findings
        assert checked.pairs_checked > 0 and "held against the prices" in repr(checked)
    assert pickle.loads(pickle.dumps(plan)) == plan
    jd.save(tmp_path / "plan.capnp", plan)
    with jd.Store.open_or_create(tmp_path / "town.jiedui", zone="UTC") as store:
        store.save(plan)
        kept = store.load_plan()
    for loaded in (kept, jd.load_plan(tmp_path / "plan.capnp")):
        assert loaded == plan and loaded.unmet == plan.unmet and loaded.load_cost == 14
        assert loaded.table()["pinned"].tolist() == ["no", "yes"] and loaded.proof == plan.proof
        assert jd.verify(loaded, market)


def test_prices_of_totals() -> None:
    forbidden = [("v1", "n0"), ("v1", "n1")]
    market = jd.Market(small(volunteers=3, needs=3), forbidden=forbidden, organisation_totals={"o": 1})
    plan = jd.solve(market)
    assert plan.filled == 2 and jd.verify(plan, market)
    assert [total.organisation for total in plan.proof.totals] == ["o"] and plan.proof.totals[0].price > 0


def test_limits_on_lending_and_changes_have_a_bound(tmp_path: Path) -> None:
    builder = jd.NetworkBuilder()
    builder.add(jd.Organisation(id="o")).add(jd.Organisation(id="p")).add(jd.Activity(id="a", organisation="p"))
    years, skills = jd.YearRange(1990, 1990), [jd.SkillLevel("company", 3)]
    for number in range(4):
        builder.add(
            jd.Volunteer(id=f"v{number}", organisation="o", position=HERE, skills=skills, birth_year=years)
        )
    builder.add(jd.Need(id="n", item="A1", activity="a", position=HERE, demand=3))
    network = builder.build()
    day = datetime.date(2026, 3, 2)
    for form in ({("o", "p"): 2}, [("o", "p", 2)]):
        market = jd.Market(network, from_=day, lending=form)
        plan = jd.solve(market)
        assert plan.filled == 2 and plan.gap == 0 and plan.is_optimal and jd.verify(plan, market)
    price = plan.proof.lending[0]
    assert (price.from_, price.to) == ("o", "p") and price.price > 0 and len(plan.proof.bonuses) == 5
    jd.save(tmp_path / "plan.capnp", plan)
    assert jd.load_plan(tmp_path / "plan.capnp") == plan
    with pytest.raises(jd.Error, match="limits_not_kept"):
        jd.Dispatcher(market)

    changed = jd.Market(network, from_=day, forbidden=[pairs_of(plan).pop()], before=plan, changes_at_most=1)
    assert len(pairs_of(jd.solve(changed)) & pairs_of(plan)) == 1
    with pytest.raises(jd.Error, match="changes_infeasible.*1 or more"):
        jd.solve(jd.Market(network, from_=day, forbidden=[pairs_of(plan).pop()], before=plan, changes_at_most=0))
    assert error_code(network, from_=day, changes_at_most=1) == "option_invalid"
    assert jd.PlanStatus.bounded.name == "bounded"


def test_needs_that_span_slots(tmp_path: Path) -> None:
    builder = jd.NetworkBuilder()
    years, skills = jd.YearRange(1990, 1990), [jd.SkillLevel("company", 3)]
    for name in ("v0", "v1"):
        builder.add(jd.Volunteer(id=name, position=HERE, skills=skills, birth_year=years, capacity=2))
    day = "2026-03-02 "
    for name, window, minutes in (("long", "10:00-15:00", 240), ("noon", "13:00-14:00", 60), ("late", "19:00-20:00", 60)):
        windows = jd.parse_window(day + window)
        builder.add(jd.Need(id=name, item="A1", position=HERE, windows=windows, duration_minutes=minutes))
    network = builder.build()
    assert jd.solve(jd.Market(network)).needs_without_slot == ["long"]
    market = jd.Market(network, span_slots=True)
    plan = jd.solve(market)
    assert plan.filled == 3 and plan.gap == 0 and jd.verify(plan, market)
    pairs = {pair.need: pair for pair in plan.pairs()}
    assert pairs["long"].volunteer != pairs["noon"].volunteer
    assert (pairs["long"].ends - pairs["long"].begins).total_seconds() == 4 * 3600
    candidate = market.candidates("v0", "long")[0]
    assert market.slots_taken(candidate.slot) == [0, 1] and market.slots_taken(2) == [2]
    assert market.slots_taken(None) == [] and market.slots_taken(8) == [2]
    jd.save(tmp_path / "plan.capnp", plan)
    assert jd.load_plan(tmp_path / "plan.capnp") == plan
    with jd.Store.open_or_create(tmp_path / "town.jiedui") as store:
        store.save(plan)
        assert store.load_plan() == plan
    with pytest.raises(jd.Error, match="limits_not_kept"):
        jd.Dispatcher(market)


def test_ways_by_road() -> None:
    far = jd.Position(HERE.latitude + 50_000, HERE.longitude)  # 556 m
    builder = jd.NetworkBuilder()
    years, skills = jd.YearRange(1990, 1990), [jd.SkillLevel("company", 3)]
    builder.add(jd.Volunteer(id="v", position=HERE, skills=skills, birth_year=years))
    network = builder.add(jd.Need(id="n", item="A1", position=far)).build()
    day = datetime.date(2026, 3, 2)
    for seconds, pairs in ((600, 1), (901, 0), ([600, 1, 1, 1, 1], 1), ([jd.RoadGraph.closed, 1, 1, 1, 1], 0)):
        roads = jd.RoadGraph([HERE, far], [(0, 1, seconds)])
        market = jd.Market(network, from_=day, roads=roads)
        assert market.pair_count == pairs and jd.verify(jd.solve(market), market)
    assert roads.nodes == [HERE, far] and roads.edges == [(0, 1, [-1, 1, 1, 1, 1])]
    with pytest.raises(jd.Error, match="roads_invalid"):
        jd.Market(network, from_=day, roads=jd.RoadGraph([HERE], [(0, 1, 5)]))


def test_bonds_are_pinned() -> None:
    market = jd.Market(small(), pin_bonds=True, points=jd.standard_points().weight("continuity", 0))
    assert [market.volunteer_id(pin.candidate.volunteer) for pin in market.limits.pinned] == ["v1", "v1"]
    plan = jd.solve(market)
    assert pairs_of(plan) == {("v1", "n0"), ("v1", "n1")} and jd.verify(plan, market)


def test_lines_of_one_need_want_different_people() -> None:
    builder = jd.NetworkBuilder().add(jd.Need(id="line", item="A1", part_of="whole", tier=2))
    builder.add(jd.Need(id="whole", item="A1", position=HERE))
    for name in ("x", "y"):
        skills, years = [jd.SkillLevel("company", 1)], jd.YearRange(1990, 1990)
        builder.add(jd.Volunteer(id=name, position=HERE, skills=skills, birth_year=years, capacity=2))
    market = jd.Market(builder.build(), from_=datetime.date(2026, 3, 2))
    assert market.limits.need.tolist() == [1, 1]
    plan = jd.solve(market)
    assert plan.filled == 2 and {pair.volunteer for pair in plan.pairs()} == {"x", "y"} and jd.verify(plan, market)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"pinned": [("nobody", "n0")]}, "id_unknown"),
        ({"pinned": [("v0", "n0")], "forbidden": [("v0", "n0")]}, "pin_forbidden"),
        ({"pinned": [("v0", "n0"), ("v1", "n0")]}, "pin_infeasible"),
        ({"least": {"v0": 3}}, "option_invalid"),
        ({"least": [("v0", 1), ("v0", 1)]}, "option_invalid"),
        ({"load_cost": [2, 1]}, "option_invalid"),
        ({"load_before": {"v0": -1}}, "option_invalid"),
        ({"organisation_totals": {"none": 1}}, "id_unknown"),
        ({"threads": 65}, "overflow"),
    ],
)
def test_options_that_cannot_be_met(wrong: dict[str, Any], code: str) -> None:
    assert error_code(small(), **wrong) == code


def test_numbers_of_options_are_whole() -> None:
    for wrong in ({"least": {"v0": 1.0}}, {"load_cost": [0.5]}, {"threads": True}):
        with pytest.raises(TypeError):
            jd.Market(small(), **wrong)  # type: ignore[arg-type]


def test_pins_that_break_a_rule_are_refused() -> None:
    rules = jd.standard_rules().add("never", "is not free for this", lambda block: np.zeros(len(block), bool))
    with pytest.raises(jd.Error, match="pin_not_eligible.*is not free for this"):
        jd.Market(small(), rules, pinned=[("v0", "n0")])


def even(block: jd.PairBlock) -> Any:
    return block.volunteers.index % 2 * 300


def test_bounds_spare_the_listing_of_pairs(network: jd.Network) -> None:
    bounded = jd.standard_points().add("even", 2, even, bounds=(0, 300))
    plain = jd.standard_points().add("even", 2, even)
    assert bounded.own[0].bounds == (0, 300) and bounded.own_bounds() == (0, 600) and plain.own_bounds() is None
    market = jd.Market(network, points=bounded, pairs_max=1, threads=2)
    listed = jd.Market(network, points=plain, threads=2)
    least, most = bounded.standard_bounds()
    assert least <= market.points_range[0] <= market.points_range[1] <= most + 600
    plan, other = jd.solve(market, threads=2), jd.solve(listed)
    assert plan.points == other.points and plan.filled == other.filled
    assert jd.verify(plan, market, threads=2) and jd.verify(plan, listed)
    assert error_code(network, points=plain, pairs_max=1) == "too_many_pairs"
    with pytest.raises(jd.Error, match="too_many_pairs"):
        market.instance()


def test_bounds_are_held(network: jd.Network) -> None:
    narrow = jd.standard_points().add("even", 1, even, bounds=(0, 299))
    with pytest.raises(jd.Error, match="points_bound_broken"):
        jd.solve(jd.Market(network, points=narrow))
    for bounds, code in (((1, 0), "points_bounds_reversed"), ((0, 2**62), "overflow")):
        with pytest.raises(jd.Error, match=code):
            jd.standard_points().add("even", 2, even, bounds=bounds)
    with pytest.raises(TypeError):
        jd.standard_points().add("even", 1, even, bounds=(0.0, 1.0))  # type: ignore[arg-type]


def test_candidates_come_best_first(market: jd.Market) -> None:
    instance = market.instance()
    for line in range(market.need_count):
        need = market.need_id(jd.NeedIndex(line))
        everyone = sorted(instance.candidates_of(line).tolist(), key=lambda each: (-each[2], each[0], each[1]))
        for count in (0, 1, 7, 1000):
            best = [
                (each.volunteer.value, jd.Candidate.no_slot if each.slot is None else each.slot, each.points)
                for each in market.best(need, count)
            ]
            assert best == everyone[:count]
        assert all(market.points_range[0] <= points <= market.points_range[1] for _, _, points in everyone)
    volunteer = int(instance.candidates["volunteer"][0])
    requests = market.requests(jd.VolunteerIndex(volunteer))
    assert requests == market.requests(market.volunteer_id(jd.VolunteerIndex(volunteer)))
    assert len(requests) == int((instance.candidates["volunteer"] == volunteer).sum())
    assert all(jd.ChosenPair(each.need.value, each.candidate) == each for each in requests)


def test_threads_do_not_show(network: jd.Network) -> None:
    plans = [jd.solve(jd.Market(network, threads=threads), threads=threads) for threads in (1, 2, 4)]
    assert plans[0] == plans[1] == plans[2]
    for call in (jd.solve, lambda market, threads: jd.verify(plans[0], market, threads=threads)):
        with pytest.raises(jd.Error, match="overflow"):
            call(jd.Market(network), threads=0)  # type: ignore[operator]


def test_a_market_goes_over_into_numbers(network: jd.Network) -> None:
    market = jd.Market(network, load_cost=[0, 500], least={"V-00003": 1})
    plan = jd.solve(market)
    numbers = jd.ExplicitMarket.of(market.instance(), network.ids("volunteers"), network.ids("needs"))
    same = jd.solve(numbers)
    assert (same.tiers, same.points, same.load_cost) == (plan.tiers, plan.points, plan.load_cost)
    assert jd.verify(same, numbers) and numbers.is_explicit and "candidates" in repr(market.instance())


def columns(**limits: Any) -> dict[str, Any]:
    """Three volunteers, two needs of one person each, everybody for everything."""
    need, volunteer = zip(*itertools.product(range(2), range(3)))
    return {
        "volunteer": volunteer,
        "need": need,
        "points": [9, 5, 1, 8, 4, 2],
        "capacity": [2, 2, 2],
        "demand": [1, 1],
        **limits,
    }


@pytest.mark.parametrize(
    ("limits", "points", "load_cost", "unmet"),
    [
        ({}, 17, 0, {}),
        ({"load_cost": [0, 10]}, 13, 0, {}),
        ({"load_cost": [0, 10], "load_before": [1, 0, 0]}, 7, 0, {}),
        ({"least": [0, 0, 1]}, 11, 0, {}),
        ({"least": [1, 1, 1]}, 13, 0, {"2": 1}),
        ({"line_of": [0, 0]}, 13, 0, {}),
        ({"organisation": [0, 0, jd.Limits.no_organisation], "organisation_total": [1]}, 11, 0, {}),
        ({"pinned": [(2, 0, -7)]}, 1, 0, {}),
        ({"pinned": [(2, 0, -7, 5), jd.ChosenPair(1, jd.Candidate(1, points=3))]}, -4, 0, {}),
        ({"load_cost": [1, 3]}, 17, 4, {}),
    ],
)
def test_all_limits_as_columns(limits: dict[str, Any], points: int, load_cost: int, unmet: dict[str, int]) -> None:
    market = jd.ExplicitMarket.of(**columns(**limits))
    plan = jd.solve(market)
    assert (plan.filled, plan.points, plan.load_cost) == (2, points, load_cost)
    assert plan.unmet == unmet and jd.verify(plan, market) and jd.verify(plan, market, exhaustive=True)
    assert plan.table()["pinned"].tolist().count("yes") == len(limits.get("pinned", []))


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"least": [1]}, "array_length"),
        ({"least": [3, 0, 0]}, "option_invalid"),
        ({"line_of": [0, 9]}, "index_out_of_range"),
        ({"organisation": [0, 0, 0]}, "index_out_of_range"),
        ({"organisation": [-1, 0, 0]}, "number_out_of_range"),
        ({"load_before": [-1, 0, 0]}, "option_invalid"),
        ({"pinned": [(3, 0, 0)]}, "index_out_of_range"),
        ({"pinned": [(0, 0, 0), (1, 0, 0)]}, "pin_infeasible"),
        ({"line_of": [0, 0], "slot": [0, 0, 0, 1, 1, 1]}, "lines_with_slots"),
    ],
)
def test_columns_that_do_not_fit(wrong: dict[str, Any], code: str) -> None:
    with pytest.raises(jd.Error) as caught:
        jd.ExplicitMarket.of(**columns(**wrong))
    assert caught.value.code == code
