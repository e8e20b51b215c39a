"""Measures a part of the project against its goals and its peers.

docs/benchmarks.md tells what each figure means. Times hold for this machine at this hour; the figures
are ratios within one run.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import hours
import ledger
import pairing
from figure import Unmeasured

ROOT = Path(__file__).resolve().parent.parent.parent
SUITES = {"pairing": pairing, "ledger": ledger, "hours": hours}


@dataclass
class Bench:
    """What the figures of a suite are measured with."""

    threads: int
    scale: float
    folder: Path
    programs: Path
    made: dict = field(default_factory=dict)  # files, by what they hold

    def once(self, key, make):
        """The path of what `make` writes, which is made once in a run."""
        if key not in self.made:
            path = self.folder / "-".join(map(str, key))
            make(path)
            self.made[key] = path
        return self.made[key]

    def size(self, number):
        return max(1, round(number * self.scale))

    def run(self, *words):
        """Runs a program of the bench in a process of its own; its answer."""
        words = [str(word) for word in words]
        program = [sys.executable, ROOT / "tests/bench/peers.py"] if words[0] == "peers.py" \
            else [self.programs / words[0]]
        print("  " + " ".join(Path(word).name for word in words), file=sys.stderr, flush=True)
        ran = subprocess.run([*program, *words[1:]], capture_output=True, text=True)
        if ran.returncode:
            raise Unmeasured((ran.stderr.strip().splitlines() or ["ended with " + str(ran.returncode)])[-1])
        return json.loads(ran.stdout) if ran.stdout else None


def arguments():
    parser = argparse.ArgumentParser(prog="tests/bench/run", description=__doc__)
    parser.add_argument("suite", choices=SUITES)
    parser.add_argument("--only", nargs="+", metavar="NAME", default=[], help="these figures only")
    parser.add_argument("--json", action="store_true", help="one JSON object for each figure and line")
    parser.add_argument("--threads", type=int, default=2, help="that jiedui may use, 2 unless given")
    parser.add_argument("--scale", type=float, default=1.0, help="multiplies the sizes: to try it out")
    parser.add_argument("--preset", default="bench", help="build to measure")
    asked = parser.parse_args()
    names = [figure.name for figure in SUITES[asked.suite].FIGURES]
    unknown = [name for name in asked.only if name not in names]
    if unknown:
        parser.error(f"no figure {' '.join(unknown)}; there are {' '.join(names)}")
    return asked


def measured(figure, bench):
    print(figure.name, file=sys.stderr, flush=True)
    try:
        value, details = figure.measure(bench)
    except Unmeasured as error:
        value, details = None, error.details
    met = figure.met(value)
    if bench.scale != 1:  # the goals are for the full size
        met, details = False, details | {"scale": bench.scale}
    if figure.floor is not None:
        details = {"goal_is": "at least" if figure.at_least else "at most", "aim": figure.aim} | details
    return {"name": figure.name, "unit": figure.unit, "value": value, "goal": figure.floor, "met": met,
            "details": details}


def line_of(figure, result):
    """The figure's line of the table."""
    goal = "–" if figure.floor is None else f"{'≥' if figure.at_least else '≤'} {figure.floor:<5g}"
    aim = "" if figure.aim is None else f"{figure.aim:g}"
    value = "–" if result["value"] is None else f"{result['value']:.4g}"
    return (f"{figure.name:36}{value:>10}{goal:>12}{aim:>9}  {'yes' if result['met'] else 'no ':3}  "
            f"{figure.unit}")


def main():
    asked = arguments()
    suite = SUITES[asked.suite]
    built = subprocess.run([ROOT / ".ci/build", asked.preset, "-DJIEDUI_TESTS=ON", *suite.PROGRAMS],
                           stdout=sys.stderr)
    if built.returncode:
        return 1
    figures = [figure for figure in suite.FIGURES if not asked.only or figure.name in asked.only]
    if not asked.json:
        print(f"{'figure':36}{'value':>10}{'goal':>12}{'aim':>9}  met  unit")
    with tempfile.TemporaryDirectory(dir=ROOT / "build", prefix="bench_data_") as folder:
        bench = Bench(asked.threads, asked.scale, Path(folder), ROOT / "build" / asked.preset / "tests")
        for figure in figures:
            result = measured(figure, bench)
            if asked.json:
                print(json.dumps(result), flush=True)
                continue
            print(line_of(figure, result), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
