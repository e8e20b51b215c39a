"""The main job from files to a map, as a newcomer runs it, and with faulty data."""

import shutil
import sys

import pytest
from programs import RELEASE, ROOT, run

import jiedui as jd

RESULTS = ["map.png", "plan.capnp", "plan.csv", "statement.txt", "town.capnp", "town.jiedui"]


def make_town(folder, *options):
    run(RELEASE / "bin" / "made_town", "--out", folder, *options)
    return folder


def main_job(data, out, *options, expected=0):
    return run(sys.executable, ROOT / "examples" / "main_job.py", "--data", data, "--out", out, *options,
               expected=expected)


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    return make_town(tmp_path_factory.mktemp("made") / "town", "--volunteers", 400, "--needs", 120)


@pytest.fixture(scope="module")
def job(town):
    out = town.parent / "out"
    said, _ = main_job(town, out)
    return out, said


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_all_results_are_there_and_nothing_else(job):
    out, _ = job
    assert names(out) == RESULTS
    assert names(out.parent) == ["out", "town"]
    assert (out / "map.png").read_bytes().startswith(b"\x89PNG")


def test_the_table_says_what_the_files_hold(job):
    out, said = job
    network = jd.load_network(out / "town.capnp")
    plan = jd.load_plan(out / "plan.capnp")
    assert jd.verify(plan, jd.Market(network))
    with jd.Store.open(out / "town.jiedui", jd.StoreAccess.read_only) as store:
        assert store.load_plan() == plan
        assert store.verify()
    assert jd.read_csv_table(out / "plan.csv").table.to_pandas().shape[0] == plan.size
    for tier in plan.tiers:
        assert f"{tier.filled:,} of {tier.demand:,} filled" in said
    assert f"points {plan.points:,}" in " ".join(said.split())
    assert "no plan is better" in said
    for name in RESULTS:
        assert name in said


def test_hours_are_booked_and_said_to_be_simulated(job):
    out, said = job
    assert "Simulated with dice, not real" in said
    statement = (out / "statement.txt").read_text().rstrip()
    assert statement.startswith("Service hours of V-") and statement in said
    volunteer = statement.split()[3]
    with jd.Store.open(out / "town.jiedui") as store:
        hours = store.ledger.balance(volunteer)
        assert hours.confirmed > 0 or hours.claimed > 0
        assert all(unit.sums_to_zero for unit in store.books.trial_balance())


def test_the_same_town_and_seed_give_the_same_plan_and_hours(job, town, tmp_path):
    out, _ = job
    again = tmp_path / "again"
    main_job(town, again)
    assert (again / "plan.csv").read_bytes() == (out / "plan.csv").read_bytes()
    assert (again / "statement.txt").read_text() == (out / "statement.txt").read_text()
    main_job(town, again, "--seed", 2)
    assert (again / "plan.csv").read_bytes() == (out / "plan.csv").read_bytes()
    assert (again / "statement.txt").read_text() != (out / "statement.txt").read_text()


def test_faulty_data_is_named_row_by_row_and_nothing_is_written(town, tmp_path):
    faulty = shutil.copytree(town, tmp_path / "faulty")
    rows = (faulty / "volunteers.csv").read_text().splitlines()
    cells = rows[6].split(",")
    cells[rows[0].split(",").index("capacity")] = "many"
    rows[6] = ",".join(cells)
    rows[9] = rows[8]
    (faulty / "volunteers.csv").write_text("\n".join(rows) + "\n")
    out = tmp_path / "out"
    said, complaint = main_job(faulty, out, expected=2)
    assert "volunteers.csv row 7 column capacity: number_invalid; allowed: a whole number" in complaint
    assert "volunteers.csv row 9 column id: id_duplicate" in complaint
    assert "volunteers.csv row 10 column id: id_duplicate" in complaint
    assert "nothing was written" in complaint
    assert names(tmp_path) == ["faulty"]


def test_old_results_stay_when_new_data_are_faulty(job, tmp_path):
    out = shutil.copytree(job[0], tmp_path / "out")
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    empty = tmp_path / "empty"
    empty.mkdir()
    _, complaint = main_job(empty, out, expected=2)
    assert "file_missing" in complaint
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_a_town_without_positions_is_paired_without_a_map(tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    (data / "volunteers.csv").write_text("id,skills,credentials,birth_year,registered_since\n"
                                         "V,law:3,legal_qualification,1980,2026-01-01\n")
    (data / "needs.csv").write_text("id,item\nN,E2\n")
    said, _ = main_job(data, tmp_path / "out")
    assert "1 of 1 filled" in said and "none: no position is known" in said
    assert names(tmp_path / "out") == [name for name in RESULTS if name != "map.png"]
