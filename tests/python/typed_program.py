"""A program as a user writes it; mypy --strict must find nothing in it."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt

import jiedui as jd


def by_car(block: jd.PairBlock) -> npt.NDArray[np.bool_]:
    return np.asarray(block.volunteers["travel_mode"] == "car", dtype=bool)


def near(block: jd.PairBlock) -> npt.NDArray[np.int64]:
    return np.where(np.asarray(block.metres) < 500, 300, 0)


def main(folder: Path) -> int:
    network: jd.Network = jd.read_csv_folder(folder)
    pins: list[tuple[str, str]] = []
    totals: dict[str, int] = {}
    market = jd.Market(
        network,
        jd.standard_rules().without("wish").add("own_car", "does not come by car", by_car),
        jd.standard_points().weight(jd.StandardTerm.nearness, 2).add("near", 1, near, bounds=(0, 300)),
        days=7,
        pinned=pins,
        least={str(network.ids("volunteers")[0]): 1},
        load_cost=[0, 20, 60],
        organisation_totals=totals,
        threads=2,
        travel={"walk": jd.TravelSpeed(4_000)},
    )
    plan: jd.Plan = jd.solve(market, progress=False, threads=2)
    missing: dict[str, int] = plan.unmet
    best: list[jd.Candidate] = market.best(jd.NeedIndex(0), 3)
    print(missing, best, plan.load_cost, market.limits.capacity.sum(), market.points_range)
    if not jd.verify(plan, market):
        return 1
    day = jd.Dispatcher(market, before=plan)
    change: jd.PlanChange = day.decline(plan.pair(0).volunteer, plan.pair(0).need)
    dropped: list[tuple[str, str]] = change.dropped
    lost: list[int | None] = [proposal.points_lost for proposal in day.propose(plan.pair(0).need, 3)]
    print(dropped, lost, day.plan().size, jd.solve(day.market(), before=plan).size)
    points: int = plan.points
    first: jd.PlannedPair = plan.pair(0)
    metres: int | None = first.metres
    begins: datetime.datetime | None = first.begins
    status: jd.PlanStatus = plan.status
    tiers: list[jd.TierCount] = plan.tiers
    print(points, metres, begins, status.name, len(tiers), plan.table().columns)
    try:
        with jd.Store.open_or_create(folder / "town.jiedui", zone="UTC") as store:
            store.save(plan)
            outcome: jd.Outcome = store.ledger.post(jd.served(first, datetime.timedelta(minutes=90)))
            print(outcome.name, store.ledger.statement(first.volunteer, month="2026-03").closing.confirmed)
    except jd.InputError as error:
        print(error.problem_count, error.problems.to_arrow().num_rows)
    except jd.Error as error:
        print(error.code, error.place)
    builder = jd.NetworkBuilder().add(jd.Volunteer(id="V-1", capacity=2, gender="female"))
    built: jd.Network = builder.add("needs", {"id": ["N-1"], "item": ["A1"]}).build()
    row: jd.Volunteer = built.volunteer("V-1")
    capacity: int | None = row.capacity
    print(capacity, jd.Network.from_frames(volunteers=built.volunteers).volunteer_count)
    plan.plot(folder / "map.png")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
