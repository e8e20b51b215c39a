"""A Dispatcher that is saved goes on where it was, with the prices."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from towns import town

import jiedui as jd


def goes_on_alike(day: jd.Dispatcher, other: jd.Dispatcher, seed: int) -> None:
    dice = np.random.default_rng(seed)
    assert other.plan() == day.plan() and other.clock() == day.clock()
    volunteers, needs = day.network().ids("volunteers"), day.network().ids("needs")
    for _ in range(12):
        volunteer, need = volunteers[dice.integers(len(volunteers))], needs[dice.integers(len(needs))]
        pair = day.plan().pair(int(dice.integers(day.plan().size)))
        kind, number = int(dice.integers(4)), int(dice.integers(3))
        changes: list[jd.PlanChange | str] = []
        for at in (day, other):
            try:
                if kind == 0:
                    changes.append(at.decline(pair.volunteer, pair.need))
                elif kind == 1:
                    changes.append(at.set_demand(need, number))
                elif kind == 2:
                    changes.append(at.set_capacity(volunteer, number))
                else:
                    changes.append(at.pin(volunteer, need))
            except jd.Error as error:
                changes.append(error.code)
        assert changes[0] == changes[1]
        assert other.plan() == day.plan()
    assert jd.verify(other.plan(), other.market())


def test_a_dispatcher_goes_on_from_its_file(network: jd.Network, tmp_path: Path) -> None:
    day = jd.Dispatcher(jd.Market(network, load_cost=[0, 300]))
    day.decline(day.plan().pair(0).volunteer, day.plan().pair(0).need)
    day.confirm(day.plan().pair(1).volunteer, day.plan().pair(1).need)
    jd.save(tmp_path / "day.capnp", day)
    goes_on_alike(day, jd.load_dispatcher(tmp_path / "day.capnp"), 1)
    goes_on_alike(day, jd.dispatcher_from_bytes(jd.to_bytes(day), threads=2), 2)


def test_rules_and_points_are_given_again(network: jd.Network) -> None:
    rules = jd.standard_rules().add("even", "the index is even", lambda block: block.volunteers.index % 2 == 0)
    points = jd.standard_points().add("odd", 3, lambda block: block.volunteers.index % 7, bounds=(0, 6))
    day = jd.Dispatcher(jd.Market(network, rules, points))
    data = jd.to_bytes(day)
    goes_on_alike(day, jd.dispatcher_from_bytes(data, rules, points), 3)
    for others in ((None, None), (rules, None), (None, points), (rules, points.weight("level", 9))):
        with pytest.raises(jd.Error) as caught:
            jd.dispatcher_from_bytes(data, *others)
        assert caught.value.code == "terms_differ"
    # The same names, and other functions: their points are not those of the plan.
    other = jd.standard_points().add("odd", 3, lambda block: block.volunteers.index % 5, bounds=(0, 6))
    with pytest.raises(jd.Error) as caught:
        jd.dispatcher_from_bytes(data, rules, other)
    assert caught.value.code == "dispatcher_not_proved"


def test_damaged_files_are_refused(tmp_path: Path) -> None:
    day = jd.Dispatcher(jd.Market(town(40, 30)))
    data = jd.to_bytes(day)
    for damaged in (data[:-8], data[: len(data) // 2], b"", b"\x00" * 64):
        with pytest.raises(jd.Error) as caught:
            jd.dispatcher_from_bytes(damaged)
        assert caught.value.code == "snapshot_invalid"
    with pytest.raises(jd.Error) as caught:
        jd.load_plan(_saved(day, tmp_path))
    assert caught.value.code == "snapshot_of_other_kind"
    with pytest.raises(jd.Error) as caught:
        jd.load_dispatcher(_saved(day, tmp_path), bytes_max=100)
    assert caught.value.code in ("snapshot_too_large", "file_too_large")
    arrays = jd.Dispatcher(jd.ExplicitMarket(volunteer=[0], need=[0], points=[5], capacity=[1], demand=[1]))
    with pytest.raises(jd.Error) as caught:
        jd.to_bytes(arrays)
    assert caught.value.code == "market_explicit"


def _saved(day: jd.Dispatcher, folder: Path) -> Path:
    jd.save(folder / "day.capnp", day)
    return folder / "day.capnp"
