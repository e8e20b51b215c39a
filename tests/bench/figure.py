"""A figure of a suite, and why it may have no value."""

from dataclasses import dataclass
from typing import Callable


class Unmeasured(Exception):
    """A figure that has no value, why, and what else is known."""

    def __init__(self, why, **details):
        super().__init__(why)
        self.details = {"not_measured": why} | details


@dataclass
class Figure:
    name: str
    unit: str
    floor: float | None  # the goal; None: the figure is only reported
    aim: float | None
    at_least: bool  # else at most
    measure: Callable  # of the bench: value and details

    def met(self, value):
        if value is None or self.floor is None:
            return value is not None
        return value >= self.floor if self.at_least else value <= self.floor
