from __future__ import annotations

import os

import hypothesis
import pytest
from towns import town

import jiedui as jd

SCALE = float(os.environ.get("JIEDUI_SCALE", "1"))

hypothesis.settings.register_profile(
    "jiedui", max_examples=max(5, round(60 * SCALE)), deadline=None, derandomize=True, database=None
)
hypothesis.settings.load_profile("jiedui")


@pytest.fixture(scope="session")
def network() -> jd.Network:
    return town()


@pytest.fixture(scope="session")
def market(network: jd.Network) -> jd.Market:
    return jd.Market(network)


@pytest.fixture(scope="session")
def plan(market: jd.Market) -> jd.Plan:
    return jd.solve(market)
