"""Small made-up towns and random markets for the tests. No real people."""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

import jiedui as jd

SKILLS = ("cooking", "haircut", "repairs", "errands", "company")


def catalogue() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "id": [f"I-{skill}" for skill in SKILLS],
            "name": list(SKILLS),
            "group": "daily life",
            "skill": list(SKILLS),
        }
    )


def volunteers(count: int, seed: int = 1) -> pd.DataFrame:
    dice = random.Random(seed)
    return pd.DataFrame(
        {
            "id": [f"V-{number:05}" for number in range(count)],
            "latitude": [round(30 + 0.05 * dice.random(), 6) for _ in range(count)],
            "longitude": [round(120 + 0.05 * dice.random(), 6) for _ in range(count)],
            "skills": [";".join(dice.sample(SKILLS, dice.randint(1, 3))) for _ in range(count)],
            "capacity": [dice.choice([1, 1, 2, None]) for _ in range(count)],
            "gender": [dice.choice(["female", "male", None]) for _ in range(count)],
            "travel_mode": [dice.choice(["walk", "cycle", "car"]) for _ in range(count)],
            "reach_metres": [dice.choice([2000, 4000, None]) for _ in range(count)],
            "registered_since": [f"20{dice.randint(10, 25)}-03-01" for _ in range(count)],
        }
    )


def needs(count: int, seed: int = 2) -> pd.DataFrame:
    dice = random.Random(seed)
    return pd.DataFrame(
        {
            "id": [f"N-{number:05}" for number in range(count)],
            "item": [f"I-{dice.choice(SKILLS)}" for _ in range(count)],
            "latitude": [round(30 + 0.05 * dice.random(), 6) for _ in range(count)],
            "longitude": [round(120 + 0.05 * dice.random(), 6) for _ in range(count)],
            "demand": [dice.choice([1, 1, 1, 2]) for _ in range(count)],
            "tier": [dice.randint(1, 3) for _ in range(count)],
            "windows": [
                f"2026-03-{dice.randint(2, 8):02} {dice.choice(['09:00-11:00', '14:00-17:00'])}" for _ in range(count)
            ],
        }
    )


def town(people: int = 120, requests: int = 60, seed: int = 1) -> jd.Network:
    return jd.Network.from_frames(
        volunteers=volunteers(people, seed), needs=needs(requests, seed + 1), catalogue=catalogue()
    )


@dataclass
class Numbers:
    """A market in numbers."""

    volunteer: NDArray[np.int64]
    need: NDArray[np.int64]
    points: NDArray[np.int64]
    capacity: NDArray[np.int64]
    demand: NDArray[np.int64]
    tier: NDArray[np.int64]

    def market(self) -> jd.ExplicitMarket:
        return jd.ExplicitMarket(
            volunteer=self.volunteer,
            need=self.need,
            points=self.points,
            capacity=self.capacity,
            demand=self.demand,
            tier=self.tier,
        )


def random_numbers(
    dice: np.random.Generator, volunteers: int, needs: int, share: float, tiers: int = 1, most: int = 1
) -> Numbers:
    """A random market: each pair is eligible with that share."""
    eligible = np.argwhere(dice.random((needs, volunteers)) < share)
    return Numbers(
        volunteer=eligible[:, 1],
        need=eligible[:, 0],
        points=dice.integers(-50, 1000, len(eligible)),
        capacity=dice.integers(1, most + 1, volunteers),
        demand=dice.integers(1, most + 1, needs),
        tier=dice.integers(1, tiers + 1, needs),
    )
