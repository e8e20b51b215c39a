"""Markets, plans and proofs, against other libraries; rules and points in Python."""

from __future__ import annotations

import datetime
import pickle

import networkx as nx
import numpy as np
import pytest
from conftest import SCALE
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment
from towns import Numbers, random_numbers, town

import jiedui as jd


def flow_value(numbers: Numbers) -> tuple[int, int]:
    """Most units, then most points, by networkx's min-cost flow."""
    graph = nx.DiGraph()
    bonus = 2 * int(np.abs(numbers.points).sum()) + 1
    for volunteer, capacity in enumerate(numbers.capacity):
        graph.add_edge("source", ("v", volunteer), capacity=int(capacity), weight=0)
    for need, demand in enumerate(numbers.demand):
        graph.add_edge(("n", need), "sink", capacity=int(demand), weight=0)
    for volunteer, need, points in zip(numbers.volunteer, numbers.need, numbers.points):
        graph.add_edge(("v", int(volunteer)), ("n", int(need)), capacity=1, weight=-bonus - int(points))
    graph.add_edge("sink", "source", weight=0)
    cost, flow = nx.network_simplex(graph)
    units = flow["sink"].get("source", 0)
    return units, -cost - bonus * units


def test_assignments_against_scipy() -> None:
    dice = np.random.default_rng(5)
    for _ in range(max(5, round(100 * SCALE))):
        rows, columns = dice.integers(1, 30, 2)
        points = dice.integers(-1000, 1000, (rows, columns))
        need, volunteer = np.divmod(np.arange(rows * columns), columns)
        market = jd.ExplicitMarket(
            volunteer=volunteer,
            need=need,
            points=points.ravel(),
            capacity=np.ones(columns, np.int64),
            demand=np.ones(rows, np.int64),
        )
        plan = jd.solve(market)
        chosen = linear_sum_assignment(points, maximize=True)
        assert plan.filled == min(rows, columns) and plan.points == points[chosen].sum()
        assert jd.verify(plan, market) and plan.is_optimal and plan.gap == 0


def test_flows_against_networkx() -> None:
    dice = np.random.default_rng(6)
    for _ in range(max(5, round(60 * SCALE))):
        volunteers, needs = dice.integers(1, 15, 2)
        numbers = random_numbers(dice, volunteers, needs, dice.random(), most=3)
        plan = jd.solve(numbers.market())
        assert (plan.filled, plan.points) == flow_value(numbers)
        assert jd.verify(plan, numbers.market(), exhaustive=True)


@given(st.integers(0, 2**32 - 1), st.integers(1, 12), st.integers(1, 12), st.integers(1, 4))
def test_tiers_are_strict(seed: int, volunteers: int, needs: int, tiers: int) -> None:
    numbers = random_numbers(np.random.default_rng(seed), volunteers, needs, 0.5, tiers, most=2)
    market = numbers.market()
    plan = jd.solve(market)
    assert jd.verify(plan, market)
    for most in range(1, tiers + 1):  # the tiers up to one of them are filled as if the others were not there
        kept = numbers.tier <= most
        alone = Numbers(
            numbers.volunteer,
            numbers.need,
            numbers.points,
            numbers.capacity,
            np.where(kept, numbers.demand, 0),
            numbers.tier,
        )
        filled = sum(count.filled for count in plan.tiers if count.tier <= most)
        assert filled == jd.solve(alone.market()).filled


@given(st.integers(0, 2**32 - 1))
def test_the_order_of_pairs_does_not_show(seed: int) -> None:
    dice = np.random.default_rng(seed)
    numbers = random_numbers(dice, 10, 8, 0.6, 3, most=2)
    order = dice.permutation(len(numbers.points))
    shuffled = Numbers(
        numbers.volunteer[order],
        numbers.need[order],
        numbers.points[order],
        numbers.capacity,
        numbers.demand,
        numbers.tier,
    )
    assert jd.solve(numbers.market()).value == jd.solve(shuffled.market()).value


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"points": [1.0]}, "points must hold whole numbers, not float64"),
        ({"capacity": np.array([1.5])}, "capacity must hold whole numbers, not float64"),
        ({"demand": [True]}, "demand must hold whole numbers, not bool"),
        ({"demand": ["1"]}, "demand must hold whole numbers"),
        ({"need": [None]}, "need must hold whole numbers, not NoneType"),
        ({"need": [[0]]}, "need must be one column"),
    ],
)
def test_floats_are_refused(wrong: dict[str, object], message: str) -> None:
    columns = {"volunteer": [0], "need": [0], "points": [1], "capacity": [1], "demand": [1]} | wrong
    with pytest.raises(TypeError, match=message):
        jd.ExplicitMarket(**columns)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"points": [1, 2]}, "array_length"),
        ({"volunteer": [1]}, "index_out_of_range"),
        ({"volunteer": [-1]}, "number_out_of_range"),
        ({"demand": [2**40]}, "number_out_of_range"),
        ({"points": [2**63]}, "number_out_of_range"),
        ({"points": [2**62 + 1]}, "points_out_of_range"),
        ({"tier": [0]}, "tier_out_of_range"),
    ],
)
def test_ranges_are_held(wrong: dict[str, object], code: str) -> None:
    columns = {"volunteer": [0], "need": [0], "points": [1], "capacity": [1], "demand": [1]} | wrong
    with pytest.raises(jd.Error) as caught:
        jd.ExplicitMarket(**columns)  # type: ignore[arg-type]
    assert caught.value.code == code


def test_a_market_of_a_town(market: jd.Market, plan: jd.Plan, network: jd.Network) -> None:
    assert market.volunteer_count == 120 and market.network.volunteer_count == 120
    assert market.from_ == datetime.date(2026, 3, 2) and market.until <= datetime.date(2026, 3, 8)
    pair = plan.pair(0)
    assert market.reasons_against(pair.volunteer, pair.need) == []
    assert market.metres(pair.volunteer, pair.need) == pair.metres
    candidates = market.candidates(pair.volunteer, pair.need)
    assert pair.points in [candidate.points for candidate in candidates]
    slot = candidates[0].slot
    assert slot is not None and market.time_of(pair.volunteer, pair.need, slot) is not None
    assert market.candidates([pair.volunteer], pair.need) == candidates
    strangers = [v for v in network.ids("volunteers") if market.reasons_against(v, pair.need)]
    assert {reason.code for v in strangers for reason in market.reasons_against(v, pair.need)} & {"skill", "reach"}
    assert repr(market).startswith("<jiedui.Market: 120 volunteers, 60 needs")


def test_the_problem_in_numbers(market: jd.Market) -> None:
    instance = market.instance()
    assert len(instance.capacity) == instance.volunteers == 120 and len(instance.demand) == instance.needs
    assert instance.candidates.dtype.names == ("volunteer", "slot", "points")
    assert len(instance.candidates) == instance.first[-1] == market.pair_count
    assert (instance.candidates_of(3) == instance.candidates[instance.first[3] : instance.first[4]]).all()
    for array in (instance.capacity, instance.candidates):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = array[0]


def test_a_plan_in_all_forms(plan: jd.Plan, market: jd.Market) -> None:
    assert plan.status is jd.PlanStatus.optimal and plan.is_optimal and plan.value == plan.bound
    assert plan.size == len(plan.pairs()) == len(plan.table()) == plan.filled
    assert sum(pair.points for pair in plan.pairs()) == plan.points
    assert sum(count.filled for count in plan.tiers) == plan.filled <= plan.demand
    pair = plan.pair(0)
    assert pair in plan.pairs_of_need(pair.need) and pair in plan.pairs_of_volunteer(pair.volunteer)
    assert pair.begins is not None and pair.begins.tzinfo is datetime.timezone.utc
    frame = plan.to_pandas()
    assert {"need", "volunteer", "points", "metres", "begins", "ends", "slot", "pinned"} == set(frame.columns)
    assert set(frame["pinned"]) == {"no"} and plan.unmet == {} and plan.load_cost == 0
    assert str(frame["metres"].dtype) == "Int64"
    assert plan.to_arrow().num_rows == plan.size and "optimal" in repr(plan)
    assert plan.proof.step > 0 and all(price.price > 0 for price in plan.proof.prices)
    assert str(plan) == plan.summary() and 0 < plan.statistics.candidates <= market.pair_count
    with pytest.raises(jd.Error, match="index_out_of_range"):
        plan.pair(plan.size)
    assert pickle.loads(pickle.dumps(plan)) == plan == jd.plan_from_bytes(jd.to_bytes(plan))
    assert plan != jd.Plan() and jd.Plan().size == 0


def test_verify_finds_a_plan_of_another_market(plan: jd.Plan) -> None:
    other = jd.Market(town(seed=9))
    verification = jd.verify(plan, other)
    assert not verification and verification.finding_count > 0
    assert verification.findings[0].code and "findings" in repr(verification)


def test_own_rules_and_points(network: jd.Network) -> None:
    drives = jd.standard_rules().add(
        "own_car", "does not come by car", lambda block: block.volunteers["travel_mode"] == "car"
    )
    market = jd.Market(network, drives)
    plan = jd.solve(market)
    assert plan.size and jd.verify(plan, market)
    modes = dict(zip(network.ids("volunteers"), network.volunteers["travel_mode"]))
    assert {modes[pair.volunteer] for pair in plan.pairs()} == {"car"}
    walker = next(volunteer for volunteer, mode in modes.items() if mode == "walk")
    reasons = market.reasons_against(walker, plan.pair(0).need)
    assert jd.Reason and ("own_car", "does not come by car") in [(reason.code, reason.text) for reason in reasons]
    assert [rule.code for rule in drives.own] == ["own_car"] and "own_car" in repr(drives)
    assert not drives.without("skill").has(jd.StandardRule.skill)


def test_blocks_show_the_candidates(network: jd.Network) -> None:
    seen = 0
    volunteers, needs = network.table("volunteers", personal=True), network.table("needs", personal=True)

    def look(block: jd.PairBlock) -> np.ndarray:
        nonlocal seen
        index = block.volunteers.index
        assert len(block) == len(block.volunteers) == len(index) == len(block.metres) == block.size
        assert (block.volunteers["id"] == volunteers["id"][index]).all()
        assert (block.volunteers["latitude"] == volunteers["latitude"][index]).all()
        assert block.need["id"] == needs["id"][int(block.need.index)]
        assert block.need["tier"] == needs["tier"][int(block.need.index)]
        assert block.network.need_count == network.need_count and block.metres.dtype == np.int32
        seen += len(block)
        return np.asarray(block.metres).astype(np.int64)

    market = jd.Market(network, points=jd.standard_points().weight("nearness", 0).add("far", 2, look))
    assert seen >= market.pair_count
    for name in network.ids("needs")[:5]:
        need = network.need_index(name)
        for candidate in market.instance().candidates_of(need.value):
            volunteer = jd.VolunteerIndex(int(candidate["volunteer"]))
            metres = market.metres(volunteer, need)
            plain = jd.Market(network, points=jd.standard_points().weight("nearness", 0))
            assert metres is not None
            assert candidate["points"] == 2 * metres + plain.candidates(volunteer, need)[0].points
            break


def failing(block: jd.PairBlock) -> np.ndarray:
    raise ZeroDivisionError("no such number")


@pytest.mark.parametrize(
    ("function", "code", "said"),
    [
        (failing, "function_failed", "ZeroDivisionError: no such number"),
        (lambda block: block.volunteers["nothing"], "function_failed", "KeyError"),
        (lambda block: True, "answer_length", "no one-dimensional array"),
        (lambda block: np.ones(len(block) + 1, bool), "answer_length", "answers"),
        (lambda block: np.ones(len(block)), "answer_type", "float64"),
        (lambda block: np.ones(len(block), int), "answer_type", "int64"),
        (lambda block: block.volunteers["reach_metres"] > 10, "answer_missing", "no value"),
    ],
)
def test_what_a_rule_must_not_do(network: jd.Network, function: object, code: str, said: str) -> None:
    rules = jd.standard_rules().add("mine", "says no", function)  # type: ignore[arg-type]
    with pytest.raises(jd.Error) as caught:
        jd.solve(jd.Market(network, rules), threads=2)
    assert caught.value.code == code and caught.value.place == "rule 'mine'" and said in str(caught.value)
    if code == "function_failed":
        assert isinstance(caught.value.__cause__, (ZeroDivisionError, KeyError))


@pytest.mark.parametrize("answer", [1.0, True, "x"])
def test_points_are_whole(network: jd.Network, answer: object) -> None:
    points = jd.standard_points().add("mine", 1, lambda block: np.full(len(block), answer))
    with pytest.raises(jd.Error, match="answer_type.*whole numbers"):
        jd.Market(network, points=points)


def test_what_is_no_function_is_refused() -> None:
    with pytest.raises(TypeError, match="rule 'mine': a function"):
        jd.standard_rules().add("mine", "says no", 7)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="whole number is wanted, not float"):
        jd.standard_points().weight("nearness", 0.5)  # type: ignore[arg-type]
    with pytest.raises(jd.Error, match="choice_unknown.*nearness"):
        jd.standard_points().weight("beauty", 1)


def test_functions_keep_the_exceptions_that_end_programs(network: jd.Network) -> None:
    def leave(block: jd.PairBlock) -> np.ndarray:
        raise SystemExit(3)

    with pytest.raises(SystemExit):
        jd.solve(jd.Market(network, jd.standard_rules().add("mine", "says no", leave)))


def test_options_of_a_market(network: jd.Network) -> None:
    market = jd.Market(network, from_=datetime.date(2026, 3, 4), days=2, zone="UTC", slot_cuts=[43_200])
    assert (market.from_, market.until) == (datetime.date(2026, 3, 4), datetime.date(2026, 3, 5))
    assert len(market.slots) == 4
    slow = jd.Market(network, travel={"car": jd.TravelSpeed(metres_per_hour=100), "walk": jd.TravelSpeed(100)})
    assert slow.pair_count < jd.Market(network).pair_count
    for wrong, code in (
        ({"zone": "Nowhere"}, "zone_unknown"),
        ({"days": 0}, "days_out_of_range"),
        ({"threads": 0}, "overflow"),
    ):
        with pytest.raises(jd.Error) as caught:
            jd.Market(network, **wrong)  # type: ignore[arg-type]
        assert caught.value.code == code
