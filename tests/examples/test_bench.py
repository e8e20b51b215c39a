"""The benchmark at a tiny size: jiedui and its peers find the same values."""

import json

from programs import ROOT, run

FIGURES = ["explicit_city_scarce_renumbered", "explicit_town_roomy", "sparse_one_to_one", "implied_city_memory"]


def test_every_figure_has_a_value():
    said, _ = run(ROOT / "tests" / "bench" / "run", "pairing", "--preset", "release", "--scale", 0.005, "--json",
                  "--only", *FIGURES)
    results = [json.loads(line) for line in said.splitlines()]
    assert [result["name"] for result in results] == FIGURES
    for result in results:
        assert set(result) == {"name", "unit", "value", "goal", "met", "details"}
        assert result["value"] is not None and result["value"] > 0, result
        assert not result["met"], "no goal is met by a tiny size"
