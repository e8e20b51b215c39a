"""Ctrl-C ends a solve quickly and keeps what was found; the interpreter goes on."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from towns import town

import jiedui as jd

# A market that takes long: all needs want the same volunteers, and nobody is spare.
PROGRAM = """
import sys, time
import numpy as np
import jiedui as jd

size = int(sys.argv[1])
need, volunteer = np.divmod(np.arange(size * size), size)
market = jd.ExplicitMarket(volunteer=volunteer, need=need, points=(need + 1) * (volunteer + 1),
                           capacity=np.ones(size, int), demand=np.ones(size, int))
print("solving", flush=True)
try:
    plan = jd.solve(market, raise_interrupt="raise" in sys.argv)
    print(plan.status.name, repr(time.time()), plan.size, plan.value <= plan.bound, flush=True)
except KeyboardInterrupt:
    print("raised", repr(time.time()), flush=True)
small = jd.ExplicitMarket(volunteer=[0], need=[0], points=[1], capacity=[1], demand=[1])
print(jd.solve(small).status.name, flush=True)
"""
SIZE = 1000
QUICK = 0.2  # seconds


def interrupted(tmp_path: Path, *words: str) -> tuple[list[str], str, float]:
    """Runs the program, sends SIGINT, and returns its two lines and how long the first took."""
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    with subprocess.Popen(
        [sys.executable, program, str(SIZE), *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None and running.stdout.readline() == "solving\n"
        time.sleep(0.25)
        sent = time.time()
        running.send_signal(signal.SIGINT)
        said, errors = running.communicate(timeout=60)
        assert running.returncode == 0, errors
    first, second = said.splitlines()
    words_said = first.split()
    return words_said, second, float(words_said[1]) - sent


def test_an_interrupted_solve_keeps_what_was_found(tmp_path: Path) -> None:
    best = 10.0
    for _ in range(3):  # the machine may be busy with other things
        said, after, seconds = interrupted(tmp_path)
        assert said[0] == "interrupted" and int(said[2]) > 0 and said[3] == "True"
        assert after == "optimal"
        best = min(best, seconds)
        if best <= QUICK:
            break
    assert best <= QUICK


def test_an_interrupted_solve_raises_if_asked_to(tmp_path: Path) -> None:
    said, after, _ = interrupted(tmp_path, "raise")
    assert said[0] == "raised" and after == "optimal"


def slow_market(size: int = 400) -> jd.ExplicitMarket:
    need, volunteer = np.divmod(np.arange(size * size), size)
    ones = np.ones(size, int)
    points = (need + 1) * (volunteer + 1)
    return jd.ExplicitMarket(volunteer=volunteer, need=need, points=points, capacity=ones, demand=ones)


def send_soon(seconds: float) -> threading.Thread:
    def send() -> None:
        time.sleep(seconds)
        os.kill(os.getpid(), signal.SIGINT)

    thread = threading.Thread(target=send)
    thread.start()
    return thread


def test_other_threads_run_while_it_solves() -> None:
    counted = 0
    ended = threading.Event()

    def count() -> None:
        nonlocal counted
        while not ended.is_set():
            counted += 1
            time.sleep(0.001)

    thread = threading.Thread(target=count)
    thread.start()
    begun = time.monotonic()
    jd.solve(slow_market())
    seconds = time.monotonic() - begun
    ended.set()
    thread.join()
    assert counted > 50 * seconds


def test_an_own_signal_handler_is_heard() -> None:
    class Stop(Exception):
        pass

    def handle(*_: object) -> None:
        raise Stop

    before = signal.signal(signal.SIGINT, handle)
    try:
        sender = send_soon(0.2)
        with pytest.raises(Stop):
            jd.solve(slow_market(1000))
        sender.join()
    finally:
        signal.signal(signal.SIGINT, before)


def test_markets_and_verification_let_ctrl_c_through() -> None:
    calls = 0

    def slow(block: jd.PairBlock) -> np.ndarray:
        nonlocal calls
        calls += 1
        time.sleep(0.02)
        return np.ones(len(block), int)

    points = jd.standard_points().add("slow", 1, slow)  # without bounds: all pairs are listed
    sender = send_soon(0.2)
    with pytest.raises(KeyboardInterrupt):
        jd.Market(town(60, 400), points=points)
    sender.join()
    assert 0 < calls < 200

    calls = 0
    quick = jd.Market(town(60, 400))
    plan = jd.solve(quick)
    market = jd.Market(town(60, 400), points=jd.standard_points().add("slow", 1, slow, bounds=(1, 1)))
    assert calls == 0
    sender = send_soon(0.2)
    with pytest.raises(KeyboardInterrupt):
        jd.verify(plan, market)
    sender.join()
    assert 0 < calls < 200


def test_ctrl_c_keeps_the_exchanges_that_were_found() -> None:
    draw = np.random.default_rng(3)
    home = draw.random((600, 2))
    near = np.argsort(((home[:, None] - home[None]) ** 2).sum(axis=2), axis=1)[:, 1:17]
    offers = [
        jd.HelpOffer(f"P{helper}", f"P{helped}")
        for helper in range(600)
        for helped in near[helper][draw.random(16) < 0.5]
    ]

    def press(_: float) -> None:
        if plans_asked == 1:
            signal.raise_signal(signal.SIGINT)

    plans_asked = 1
    plan = jd.plan_exchanges(offers, progress=press)
    assert plan.stopped and 0 < plan.value < plan.bound
    assert jd.check_exchanges(offers, plan) == []
    plans_asked = 2
    whole = jd.plan_exchanges(offers, progress=press)
    assert plan.value < whole.value == whole.bound <= plan.bound


def test_progress_reaches_a_function() -> None:
    seen: list[jd.SolveProgress] = []
    plan = jd.solve(slow_market(), progress=seen.append)
    assert plan.is_optimal
    assert seen and all(0 <= fraction <= 1 for fraction in seen) and seen == sorted(seen)
    assert all(at.value <= plan.value <= at.bound for at in seen)
    assert [at.bound for at in seen] == sorted((at.bound for at in seen), reverse=True)
    assert any(at.value > 0 for at in seen)
    last = seen[-1]
    assert last.fraction == float(last) and last.gap == last.bound - last.value
    again = pickle.loads(pickle.dumps(last))
    assert (again, again.value, again.bound) == (last, last.value, last.bound)


def test_an_exception_of_the_function_ends_the_solve() -> None:
    def fail(fraction: float) -> None:
        raise RuntimeError("no more")

    with pytest.raises(RuntimeError, match="no more"):
        jd.solve(slow_market(), progress=fail)
    with pytest.raises(TypeError, match="progress must be"):
        jd.solve(slow_market(), progress=3)  # type: ignore[arg-type]


def test_a_bar_is_shown_if_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    jd.solve(slow_market(), progress=True)
    assert "pairing" in capsys.readouterr().err
    jd.solve(slow_market())
    assert capsys.readouterr().err == ""
