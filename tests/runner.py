"""Builds and runs the tests part by part and ends with the line `N passed, N failed`.

Parts: the rooms (C++), real (C++, on real data), python, examples, layout, consumer, and sanitized:
the rooms named beside it, else all of them, once more, built with the address and
undefined-behaviour sanitizers and run in small counts.
"""

import argparse
import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ["base", "network", "pairing", "ledger", "service", "hours", "store", "survival", "wire", "c_api",
         "real"]
ROOMS = [room for room in ROOMS if any((ROOT / "tests" / room).glob("**/*.cpp"))]
PYTEST_PARTS = ["python", "examples", "layout", "consumer"]
IN_PYTHON_TOO = {"survival"}  # rooms whose folder has Python tests beside the program
SANITIZED_SHARE = 0.05  # of the counts of a plain run
HOUR = 3600


@dataclass
class Outcome:
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0
    report: str = ""  # what a reader needs to see: failures and skips

    def __str__(self):
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{skipped}"


def arguments():
    parser = argparse.ArgumentParser(prog="tests/run", description=__doc__)
    parser.add_argument("--only", nargs="+", metavar="PART", default=[],
                        choices=[*ROOMS, *PYTEST_PARTS, "sanitized"],
                        help="run these parts only: " + " ".join([*ROOMS, *PYTEST_PARTS, "sanitized"]))
    parser.add_argument("--scale", type=float, help="multiplies the counts of the tests; with --only survival "
                        "the long counts of docs/ledger.md")
    parser.add_argument("--long", action="store_true", help="the same as --scale 50; survival: its long counts")
    return parser.parse_args()


def environment(scale, long_share):
    data = os.environ.get("JIEDUI_DATA", ROOT.parent / "shared" / "data")
    module = ROOT / "build" / "release" / "python"
    long_counts = {"JIEDUI_LONG_SHARE": str(long_share)} if long_share else {}
    return os.environ | long_counts | {
        "JIEDUI_SCALE": str(scale), "JIEDUI_DATA": str(data), "PYTHONPATH": str(module), "MPLBACKEND": "Agg",
        "UBSAN_OPTIONS": "print_stacktrace=1"}


def build(preset, *words):
    """Builds targets of a preset, all of them unless some are named."""
    print(f"building {preset}: {' '.join(words) or 'everything'}", flush=True)
    begun = time.monotonic()
    built = subprocess.run([ROOT / ".ci" / "build", preset, *words], stdout=subprocess.PIPE,
                           stderr=None if sys.stderr.isatty() else subprocess.STDOUT, text=True)
    print(f"  {time.monotonic() - begun:.0f} s", flush=True)
    return Outcome(failed=1, report=built.stdout) if built.returncode else Outcome()


def timed(run, *arguments):
    begun = time.monotonic()
    outcome = run(*arguments)
    outcome.seconds = time.monotonic() - begun
    return outcome


def run_part(preset, part, env):
    return timed(run_room, preset, part, env) if part in ROOMS else timed(run_pytest, part, env)


def run_room(preset, room, env):
    """Runs the test program of a room. Its report streams, so a crash loses no result before it."""
    log = ROOT / "build" / preset / f"test_{room}.xml"
    program = ROOT / "build" / preset / "tests" / f"test_{room}"
    if not program.exists():
        return Outcome(failed=1, report="  was not built\n")
    log.unlink(missing_ok=True)
    try:
        ran = subprocess.run([program, "-r", "xml", "-o", log], cwd=ROOT, env=env, capture_output=True, text=True,
                             errors="replace", timeout=HOUR * max(1, float(env["JIEDUI_SCALE"])))
        ending, said = ran.returncode, ran.stdout + ran.stderr
    except subprocess.TimeoutExpired:
        ending, said = "time is up", ""
    outcome = read_catch_report(log)
    if ending != 0 and outcome.failed == 0:
        outcome.failed = 1
    if outcome.passed + outcome.failed == 0:
        outcome.failed, ending = 1, f"no test ran, exit {ending}"
    if outcome.failed:
        outcome.report += f"  test_{room} ended with {ending}\n{said[-6000:]}"
    return outcome


def read_catch_report(log):
    outcome = Outcome()
    parser = ElementTree.XMLPullParser(["start", "end"])
    parser.feed(log.read_bytes() if log.exists() else b"")
    running = None
    for event, element in parser.read_events():
        if element.tag != "TestCase":
            continue
        if event == "start":
            running = element.get("name")
            continue
        running = None
        verdict = element.find("OverallResult")
        said = "".join(verdict.itertext())
        if verdict.get("success") != "true":
            outcome.failed += 1
            outcome.report += f"  FAILED {element.get('name')}\n{failure_text(element)}"
        elif "SKIPPED" in said:
            outcome.skipped += 1
            outcome.report += "".join(f"  {line}\n" for line in said.splitlines() if "SKIPPED" in line)
        else:
            outcome.passed += 1
    if running:
        outcome.failed += 1
        outcome.report += f"  CRASHED in {running}\n"
    return outcome


def failure_text(test_case):
    lines = []
    for element in test_case.iter():
        if element.tag == "Expression" and element.get("success") != "true":
            place = f"{element.get('filename').removeprefix('../../')}:{element.get('line')}"
            parts = [" ".join((element.findtext(tag) or "").split())
                     for tag in ("Original", "Expanded", "Exception", "FatalErrorCondition")]
            lines.append(f"    {place}: " + "  →  ".join(part for part in parts if part))
        elif element.tag in ("Failure", "Exception", "Info") and element.text and element.text.strip():
            lines.append(f"    {element.tag.lower()}: {element.text.strip()}")
    return "\n".join(lines[:20]) + "\n"


def run_pytest(part, env):
    log = ROOT / "build" / f"test_{part}.xml"
    log.unlink(missing_ok=True)
    ran = subprocess.run([sys.executable, "-m", "pytest", "-q", "-rs", "--no-header", "--tb=short",
                          f"--junitxml={log}",
                          "-o", "cache_dir=build/.pytest_cache", f"tests/{part}"],
                         cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if not log.exists():
        return Outcome(failed=1, report=f"{ran.stdout}\n  pytest ended with {ran.returncode}\n")
    suite = ElementTree.parse(log).getroot().find("testsuite")
    tests, skipped = int(suite.get("tests")), int(suite.get("skipped"))
    failed = int(suite.get("failures")) + int(suite.get("errors"))
    if ran.returncode and not failed:
        failed, tests = 1, tests + 1
    skips = "".join(f"  {line}\n" for line in ran.stdout.splitlines() if line.startswith("SKIPPED"))
    return Outcome(tests - failed - skipped, failed, skipped, report=ran.stdout if failed else skips)


def main():
    asked = arguments()
    scale = 50.0 if asked.long else 1.0 if asked.scale is None else asked.scale
    long_share = 1.0 if asked.long else asked.scale if "survival" in asked.only else None
    parts = asked.only or [*ROOMS, *PYTEST_PARTS, "sanitized"]
    rooms = [part for part in parts if part in ROOMS]
    others = [part for part in parts if part in PYTEST_PARTS]
    programs = [] if others or not asked.only else [f"test_{room}" for room in rooms]
    module = ["jiedui_python"] if IN_PYTHON_TOO.intersection(rooms) and programs else []
    total = Outcome()

    def count(name, outcome):
        total.passed += outcome.passed
        total.failed += outcome.failed
        total.skipped += outcome.skipped
        print(f"{name}: {outcome}  ({outcome.seconds:.0f} s)\n{outcome.report}", end="", flush=True)

    def build_or_count(preset, *words):
        built = build(preset, *words)
        if built.failed:
            count(f"{preset} build", built)

    if rooms or others:
        build_or_count("release", "-DJIEDUI_TESTS=ON", *programs, *module)
        env = environment(scale, long_share)
        for part in rooms + others:  # one after the other: some compare times
            print(f"testing {part}", flush=True)
            count(part, run_part("release", part, env))
            if part in IN_PYTHON_TOO:
                count(f"{part} in Python", timed(run_pytest, part, env))

    if "sanitized" in parts:
        build_or_count("dev", *programs)
        env = environment(scale * SANITIZED_SHARE, long_share and long_share * SANITIZED_SHARE)
        sanitized = rooms or ROOMS
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            outcomes = pool.map(lambda room: run_part("dev", room, env), sanitized)
            for room, outcome in zip(sanitized, outcomes):
                count(f"sanitized {room}", outcome)

    print(total)
    return 1 if total.failed or not total.passed else 0


if __name__ == "__main__":
    sys.exit(main())
