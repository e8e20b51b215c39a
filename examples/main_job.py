"""The main job, from files to a map: reads a town, pairs it, proves the pairing, keeps the books.

    main_job.py --data DIR --out DIR [--seed N]

DIR of --data holds CSV files as docs/formats.md describes them. Offers, visits and hours after the
pairing are simulated, as there are no real ones: the same seed gives the same ones. The results
replace those in the folder of --out only once all of them are there.

Ends with 0 when all went well, 1 when the plan could not be proved, and 2 when the data or the
options are at fault.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import jiedui as jd

ZONE = "Asia/Shanghai"
PROBLEMS_SHOWN = 40
ACCEPTED, KEPT, CONFIRMED, REFUSED = 0.93, 0.97, 0.95, 0.03  # shares of the simulation


class Phases:
    """How many seconds each phase takes."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        begun = time.monotonic()
        yield
        self.seconds[name] = time.monotonic() - begun


@dataclass
class Simulation:
    """What people made of the plan. Nobody was asked: dice decided."""

    declined: int = 0
    missed: int = 0
    records: list[jd.ServiceRecord] = field(default_factory=list)
    confirmed: int = 0
    refused: int = 0

    @property
    def open(self) -> int:
        return len(self.records) - self.confirmed - self.refused


def simulate_visits(plan: jd.Plan, market: jd.Market, dice: random.Random) -> Simulation:
    """Offers each pair to its volunteer; most accept, most of those come."""
    network = market.network
    minutes = dict(zip(*(network.table(jd.Entity.need).to_arrow()[name].to_pylist()
                         for name in ("id", "duration_minutes"))))
    simulation = Simulation()
    for pair in plan.pairs():
        if dice.random() >= ACCEPTED:
            simulation.declined += 1
        elif dice.random() >= KEPT:
            simulation.missed += 1
        else:
            planned = minutes[pair.need]
            served = max(15, planned - 5 * dice.randrange(0, planned // 20 + 1))
            begins = pair.begins or some_morning(market, dice)
            simulation.records.append(jd.served(pair, timedelta(minutes=served), begins))
    return simulation


def some_morning(market: jd.Market, dice: random.Random) -> datetime:
    """When a visit without a time of its own takes place."""
    first = market.from_
    day = first + timedelta(days=dice.randrange((market.until - first).days + 1))
    return datetime(day.year, day.month, day.day, 10, tzinfo=ZoneInfo(ZONE))


def book(ledger: jd.HoursLedger, simulation: Simulation, dice: random.Random) -> None:
    """Claims the hours of each visit; the organisation confirms most, declines some, leaves a few."""
    confirmed: list[jd.ServiceRecord] = []
    refused: list[jd.ServiceRecord] = []
    for record in simulation.records:
        chance = dice.random()
        if chance < CONFIRMED:
            confirmed.append(record)
        elif chance < CONFIRMED + REFUSED:
            refused.append(record)
    must_be_booked(ledger.claim(simulation.records))
    must_be_booked(ledger.confirm(confirmed))
    must_be_booked(ledger.decline(refused, reason=jd.HoursReason.not_served))
    simulation.confirmed, simulation.refused = len(confirmed), len(refused)


def must_be_booked(outcomes: list[jd.Outcome]) -> None:
    """The books of this run are new, so that nothing can be in the way."""
    others = {outcome.name for outcome in outcomes} - {jd.Outcome.booked.name}
    if others:
        raise RuntimeError(f"the books answered {', '.join(sorted(others))}")


def busiest(simulation: Simulation) -> str:
    """The volunteer with the most visits, the first of them by id."""
    visits: dict[str, int] = {}
    for record in simulation.records:
        visits[record.volunteer] = visits.get(record.volunteer, 0) + 1
    return min(visits, key=lambda volunteer: (-visits[volunteer], volunteer))


def result_table(plan: jd.Plan, proof: jd.Verification, seconds: dict[str, float]) -> str:
    pairs = plan.pairs()
    metres = sorted(pair.metres for pair in pairs if pair.metres is not None)
    rows = [(f"demand units of tier {tier.tier}", filled(tier.filled, tier.demand)) for tier in plan.tiers]
    rows.append(("demand units in all", filled(plan.filled, plan.demand)))
    if plan.needs_without_slot:
        rows.append(("needs that no slot holds", f"{len(plan.needs_without_slot):,}"))
    rows.append(("volunteers used", f"{len({pair.volunteer for pair in pairs}):,}"))
    if metres:
        rows.append(("metres in the middle", f"{metres[(len(metres) - 1) // 2]:,}"))
        rows.append(("metres at the 95th percentile", f"{metres[(len(metres) - 1) * 95 // 100]:,}"))
    rows.append(("points", f"{plan.points:,}"))
    rows.append(("proof", verdict(plan, proof)))
    rows.append(("seconds", ", ".join(f"{name} {spent:.2f}" for name, spent in seconds.items())))
    width = max(len(name) for name, _ in rows)
    return "\n".join(f"  {name:<{width}}  {value}" for name, value in rows)


def verdict(plan: jd.Plan, proof: jd.Verification) -> str:
    if proof:
        return f"verified, {proof.pairs_checked:,} pairs held against the prices: no plan is better"
    if proof.feasible and not plan.is_optimal:
        how = "stopped early" if plan.status.name == "interrupted" else "within all limits"
        return f"{how}: {100 * plan.value / plan.bound:.2f} % of what a plan can be worth at most"
    return "NOT verified: " + ", ".join(sorted({finding.code for finding in proof.findings}))


def filled(part: int, whole: int) -> str:
    return f"{part:,} of {whole:,} filled" + (f" ({100 * part / whole:.1f} %)" if whole else "")


def say_problems(error: jd.InputError) -> None:
    """One line a problem: where, what, and what is allowed there."""
    print(f"main_job: {error.problem_count:,} problems in the data; nothing was written", file=sys.stderr)
    for problem in error.problems.to_arrow().to_pylist()[:PROBLEMS_SHOWN]:
        place = problem["table"]
        if problem["row"]:
            place += f" row {problem['row']}"
        if problem["column"]:
            place += f" column {problem['column']}"
        print(f"  {place}: {problem['code']}; allowed: {problem['allowed']}", file=sys.stderr)
    if error.problem_count > PROBLEMS_SHOWN:
        print(f"  … and {error.problem_count - PROBLEMS_SHOWN:,} more", file=sys.stderr)


def replace_results(made: Path, out: Path) -> None:
    """Moves finished files to where they are looked for."""
    out.mkdir(parents=True, exist_ok=True)
    for path in sorted(made.iterdir()):
        os.replace(path, out / path.name)


def draw(plan: jd.Plan, path: Path) -> bool:
    """Draws the map if there is anything to draw."""
    try:
        plan.plot(path)
    except jd.Error as error:
        if error.code != "positions_unknown":
            raise
        return False
    return True


def remove_beside(store: Path) -> None:
    """The lock, and what SQLite keeps beside its file while it is open."""
    for path in store.parent.glob(f"{store.name}?*"):
        path.unlink()


def run(data: Path, out: Path, seed: int) -> int:
    dice = random.Random(seed)
    phases = Phases()
    with phases("read"):
        network = jd.read_csv_folder(data)
    print(f"read {network.volunteer_count:,} volunteers and {network.need_count:,} needs from {data}")
    with phases("market"):
        market = jd.Market(network)
    print(f"found {market.pair_count:,} pairs that the rules allow")
    with phases("solve"):
        plan = jd.solve(market)
    with phases("verify"):
        proof = jd.verify(plan, market)

    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}-") as folder:
        made = Path(folder)
        with phases("files"):
            jd.write_csv(plan.table(), made / "plan.csv")
            jd.save(made / "town.capnp", network)
            jd.save(made / "plan.capnp", plan)
        with phases("store"):
            store = jd.Store.open_or_create(made / "town.jiedui", zone=ZONE)
            store.save(network)
            store.save(plan)
        with phases("books"), store:
            simulation = simulate_visits(plan, market, dice)
            book(store.ledger, simulation, dice)
            volunteer = busiest(simulation) if simulation.records else "nobody"
            statement = store.ledger.statement(volunteer, jd.CalendarPeriod(market.from_, market.until))
            store.checkpoint()  # the one file holds everything then, and those beside it can go
        remove_beside(made / "town.jiedui")
        (made / "statement.txt").write_text(str(statement))
        with phases("map"):
            has_map = draw(plan, made / "map.png")
        remove_beside(out / "town.jiedui")
        replace_results(made, out)

    simulated = simulation
    print("\nSimulated with dice, not real: the answers to the offers, the visits and the hours below")
    print(f"  {plan.size:,} offers: {simulated.declined:,} declined; {simulated.missed:,} visits did not take place")
    print(f"  {len(simulated.records):,} visits claimed: {simulated.confirmed:,} confirmed, "
          f"{simulated.refused:,} declined, {simulated.open:,} still open")
    print(f"\n{str(statement).rstrip()}")
    print(f"\nThe plan\n{result_table(plan, proof, phases.seconds)}")
    print(f"\nIn {out}\n"
          f"  map.png        {'who goes where, and which needs stay open' if has_map else 'none: no position is known'}\n"
          "  plan.csv       the pairs: who helps whom, when, how far, how good\n"
          "  town.jiedui    network, plan and books of hours, one SQLite file\n"
          "  town.capnp     the network, and plan.capnp the plan with its proof (Cap'n Proto)\n"
          "  statement.txt  the hours of the volunteer above")
    return 0 if proof else 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with the CSV files of a town")
    parser.add_argument("--out", type=Path, required=True, help="folder for the results")
    parser.add_argument("--seed", type=int, default=1, help="of the simulation (1)")
    asked = parser.parse_args()
    try:
        return run(asked.data, asked.out, asked.seed)
    except jd.InputError as error:
        say_problems(error)
    except jd.Error as error:
        print(f"main_job: {error}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
