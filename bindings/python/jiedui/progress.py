"""Progress of long calls: a bar by tqdm where one takes over a second, or the user's own function."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

PATIENCE = 1.0  # seconds before a bar appears by itself


class SolveProgress(float):
    """How far a solve is: the fraction done, 0 to 1, with the weight of the pairs so far and a bound.

    No plan weighs more than the bound, which never rises from call to call.
    """

    value: int
    bound: int

    def __new__(cls, fraction: float, value: int, bound: int) -> SolveProgress:
        made = super().__new__(cls, fraction)
        made.value = value
        made.bound = bound
        return made

    def __reduce__(self) -> tuple[type[SolveProgress], tuple[float, int, int]]:
        return SolveProgress, (float(self), self.value, self.bound)

    @property
    def fraction(self) -> float:
        """The fraction done."""
        return float(self)

    @property
    def gap(self) -> int:
        """How much better than the pairs so far a plan could be, at most."""
        return self.bound - self.value


class Watcher:
    """Shows the progress of one call as it was asked for.

    None: a bar once it has taken over a second, at a terminal or in a notebook; True: a bar at
    once; False: nothing; a function: that one.
    """

    def __init__(self, asked: bool | Callable[..., object] | None, what: str) -> None:
        if not (asked is None or isinstance(asked, bool) or callable(asked)):
            raise TypeError(f"progress must be None, a bool or a function, not {type(asked).__name__}")
        self._asked = asked
        self._what = what
        self._begun = time.monotonic()
        self._bar: Any = None

    def show(self, fraction: float) -> None:
        """Called now and then with the fraction done, 0 to 1."""
        if callable(self._asked):
            self._asked(fraction)
            return
        if self._bar is None:
            if not self._wanted():
                return
            from tqdm.auto import tqdm

            self._bar = tqdm(
                total=100,
                desc=self._what,
                unit="%",
                leave=False,
                bar_format="{desc} {percentage:3.0f} % {bar} {elapsed}",
            )
        self._bar.update(round(100 * fraction) - self._bar.n)

    def show_solve(self, fraction: float, value: int, bound: int) -> None:
        """Called now and then by a solve."""
        self.show(SolveProgress(fraction, value, bound))

    def close(self) -> None:
        """Takes the bar away."""
        if self._bar is not None:
            self._bar.close()

    def _wanted(self) -> bool:
        if self._asked is not None:
            return self._asked is True
        return time.monotonic() - self._begun > PATIENCE and (sys.stderr.isatty() or _in_notebook())


def _in_notebook() -> bool:
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return type(shell).__name__ == "ZMQInteractiveShell"
