"""The benchmark at a tiny size: jiedui and its peers find the same values."""

import json

from programs import ROOT, run

LEDGER = ["batch_10k_vs_raw", "single_commit_vs_raw", "group_commit_64", "memory_journal", "balance_us", "statement_ms",
          "trial_balance_vs_sql", "open_ms", "growth", "bytes_per_entry"]
FIGURES = ["explicit_city_scarce_renumbered", "explicit_town_roomy", "sparse_one_to_one", "implied_city_memory"]


def results_of(suite, *words):
    said, _ = run(ROOT / "tests" / "bench" / "run", suite, "--preset", "release", "--json", *words)
    return [json.loads(line) for line in said.splitlines()]


def check_values(results, names):
    assert [result["name"] for result in results] == names
    for result in results:
        assert set(result) == {"name", "unit", "value", "goal", "met", "details"}
        assert result["value"] is not None and result["value"] > 0, result
        assert not result["met"], "no goal is met by a tiny size"


def test_every_figure_has_a_value():
    check_values(results_of("pairing", "--scale", 0.005, "--only", *FIGURES), FIGURES)


def test_every_figure_of_the_ledger_has_a_value():
    check_values(results_of("ledger", "--scale", 0.005), LEDGER)


def test_the_figure_of_the_hours_has_a_value():
    check_values(results_of("hours", "--scale", 0.005), ["import_vs_ledger"])
