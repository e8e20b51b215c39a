"""Networks: rows, problems, lookups, pickles."""

from __future__ import annotations

import datetime
import pickle
from pathlib import Path

import pytest
from towns import catalogue, town

import jiedui as jd


def test_rows_are_values() -> None:
    row = jd.Volunteer(
        id="V-1",
        skills=[jd.SkillLevel("cooking", 3)],
        credentials=[jd.Credential("first_aid", until=datetime.date(2027, 1, 1))],
        gender="female",
        birth_year=1958,
        availability=["Mon 09:00-11:30", jd.Window(jd.Window.Kind.weekly, 2, 0, 3600)],
        capacity=2,
        position=jd.Position.from_degrees(30.5, 120.25),
        registered_since=datetime.date(2020, 5, 4),
        tags=["new"],
    )
    network = jd.NetworkBuilder().add(row).build()
    again = network.volunteer("V-1")
    assert again.skills == [jd.SkillLevel("cooking", 3)]
    assert again.credentials == row.credentials and again.gender is jd.Gender.female
    assert again.birth_year == jd.YearRange(1958) and again.capacity == 2
    assert [str(window) for window in again.availability] == ["Mon 09:00-11:30", "Wed 00:00-01:00"]
    assert again.position == jd.Position(305_000_000, 1_202_500_000)
    assert again.registered_since == row.registered_since and again.tags == ["new"]
    assert network.volunteer(jd.VolunteerIndex(0)).id == "V-1"
    assert "1958" not in repr(again) and "30" not in repr(again)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"capacity": 1.5}, "Volunteer.capacity: a whole number is wanted, not float"),
        ({"capacity": True}, "Volunteer.capacity: a whole number is wanted, not bool"),
        ({"id": 7}, "Volunteer.id: a text is wanted, not int"),
        ({"skills": "cooking"}, "Volunteer.skills: a list is wanted, not str"),
        ({"skills": ["cooking"]}, "Volunteer.skills: a SkillLevel is wanted, not str"),
        ({"insured_until": "2026-03-05"}, "Volunteer.insured_until: a datetime.date is wanted"),
        ({"colour": 1}, "Volunteer has no field 'colour'"),
    ],
)
def test_wrong_types_are_named(fields: dict[str, object], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        jd.Volunteer(**fields)  # type: ignore[arg-type]


def test_edges_are_rows_too() -> None:
    bond = jd.Edge(id="E-1", kind="bond", from_="V-1", to="B-1", reason="neighbours")
    builder = jd.NetworkBuilder().add(jd.Volunteer(id="V-1")).add(jd.Beneficiary(id="B-1")).add(bond)
    edge = builder.build().edge("E-1")
    assert (edge.from_, edge.to, edge.kind) == ("V-1", "B-1", jd.EdgeKind.bond)


def test_all_problems_at_once() -> None:
    with pytest.raises(jd.InputError) as caught:
        jd.Network.from_frames(
            volunteers={"id": ["a", "a", "b"], "capacity": [1, 1, -3], "reach_metres": [1.5, None, 0]},
            needs={"id": ["n"], "item": ["nothing"]},
        )
    error = caught.value
    rows = error.problems.to_pandas()
    assert error.code == "input_invalid" and error.problem_count == len(rows)
    assert {"id_duplicate", "number_out_of_range", "number_invalid", "reference_unknown"} <= set(rows["code"])
    assert list(rows.columns) == ["table", "row", "column", "code", "allowed"]
    assert isinstance(error, jd.Error) and "nothing" not in str(error)
    assert pickle.loads(pickle.dumps(jd.Error("code", "place", "message"))).code == "code"
    again = pickle.loads(pickle.dumps(error))
    assert again.problems == error.problems and str(again) == str(error)
    assert pickle.loads(pickle.dumps(jd.Window.Kind.dated)) is jd.Window.Kind.dated


def test_good_rows_are_kept() -> None:
    builder = jd.NetworkBuilder().add("volunteers", {"id": ["a", "b", "b"], "capacity": [1, 2, 3]})
    good = builder.keep_good_rows()
    assert good.network.ids("volunteers") == ["a"] and good.problem_count == 2
    assert good.bad_rows["row"].tolist() == [2, 3] == good.problems["row"].tolist()


def test_lookups(network: jd.Network) -> None:
    assert network.size("volunteers") == network.volunteer_count == len(network.volunteers)
    assert network.size(jd.Entity.need) == network.need_count == 60
    ids = network.ids("needs")
    assert ids == sorted(ids) and network.find("need", ids[3]) == 3 and network.find("needs", "?") is None
    assert network.need_index(ids[3]) == jd.NeedIndex(3) and int(jd.NeedIndex(3)) == 3
    assert network.words[network.find_word("cooking").value] == "cooking"  # type: ignore[union-attr]
    assert network.find_word("nothing") is None
    assert isinstance(network.position(jd.VolunteerIndex(0)), jd.Position)
    for lookup in (lambda: network.volunteer("?"), lambda: network.volunteer_index("?")):
        with pytest.raises(jd.Error, match="id_unknown"):
            lookup()
    with pytest.raises(jd.Error, match="choice_unknown.*volunteers"):
        network.size("people")


def test_indexes_do_not_mix(network: jd.Network) -> None:
    with pytest.raises(TypeError):
        network.volunteer(jd.NeedIndex(0))  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="a whole number is wanted, not float"):
        jd.VolunteerIndex(1.0)  # type: ignore[arg-type]
    assert jd.VolunteerIndex(3) != jd.NeedIndex(3) and {jd.NeedIndex(3)} == {jd.NeedIndex(3)}


def test_a_pickle_is_the_same_network(network: jd.Network) -> None:
    again = pickle.loads(pickle.dumps(network))
    assert again.tables(personal=True) == network.tables(personal=True)


def test_the_empty_network() -> None:
    assert jd.Network().volunteer_count == 0 and "empty" in repr(jd.Network())


def test_files_and_back(network: jd.Network, tmp_path: Path) -> None:
    jd.write_csv(network, tmp_path, personal=True)
    assert jd.read_csv_folder(tmp_path).tables(personal=True) == network.tables(personal=True)
    files = jd.csv_files(tmp_path)
    assert {"volunteers", "needs", "catalogue"} <= files.keys()
    assert jd.read_csv(**files).tables(personal=True) == network.tables(personal=True)
    jd.write_csv(network, tmp_path / "handed on")
    with pytest.raises(jd.Error, match="file_missing"):
        jd.read_csv(volunteers=tmp_path / "none.csv")
    without = jd.read_csv_folder(tmp_path / "handed on")
    assert without.position(jd.VolunteerIndex(0)) is None


def test_snapshots_and_back(network: jd.Network, tmp_path: Path) -> None:
    jd.save(tmp_path / "town.capnp", network)
    assert jd.load_network(tmp_path / "town.capnp").tables(personal=True) == network.tables(personal=True)
    assert jd.network_from_bytes(jd.to_bytes(network)).volunteers == network.volunteers
    with pytest.raises(jd.Error, match="snapshot_"):
        jd.load_plan(tmp_path / "town.capnp")
    with pytest.raises(jd.Error, match="snapshot_invalid"):
        jd.network_from_bytes(b"no snapshot")


def test_csv_tables() -> None:
    parsed = jd.parse_csv(b"id,n\na,1\nb\n", "people.csv")
    assert parsed.table["id"].tolist() == ["a"] and parsed.problem_count == 1
    assert parsed.problems["code"].tolist() == ["cell_count"]
    assert jd.to_csv(parsed.table) == "id,n\r\na,1\r\n"
    with pytest.raises(jd.Error, match="option_invalid"):
        jd.parse_csv(b"", "x", separator="ab")


def test_the_catalogue_that_is_built_in() -> None:
    assert len(jd.standard_catalogue()) == 23
    assert jd.Network.from_frames(volunteers={"id": ["a"]}).size("catalogue") == 23
    assert jd.Network.from_frames(catalogue=catalogue()).size("item") == 5


def test_roll_up() -> None:
    network = jd.Network.from_frames(
        places={"id": ["P", "Q"], "level": [3, 4], "parent": [None, "P"]},
        volunteers={"id": ["a", "b"], "place": ["Q", "P"]},
    )
    counts = jd.roll_up_places(network)
    assert [count.volunteers for count in counts.own] == [1, 1]
    assert [count.volunteers for count in counts.total] == [2, 1]
    assert jd.roll_up_table(network, "places", counts).columns[0] == "id"
    assert "a" not in town(3, 2)._repr_html_().split("<tbody>")[1].split("</tbody>")[0].split()


def test_windows() -> None:
    (window,) = jd.parse_window("2026-03-05 09:00-12:00") or []
    assert (window.kind, window.begin, window.end) == (jd.Window.Kind.dated, 9 * 3600, 12 * 3600)
    assert jd.parse_window("sometime") is None
    day = datetime.date(2026, 3, 5)
    (open_time,) = jd.open_intervals([window], day, day)
    assert open_time.end - open_time.begin == 3 * 3600
    assert jd.intersection([open_time], [jd.Interval(0, 10)]) == []


def test_positions_and_ids() -> None:
    west, east = jd.Position.from_degrees(0, 0), jd.Position.from_degrees(0, 0.01)
    assert west is not None and east is not None
    assert abs(jd.distance(west, east) - 1112) <= 1
    assert jd.Position.from_degrees(91, 0) is None and jd.Position.from_degrees(float("nan"), 0) is None
    generator = jd.IdGenerator()
    first, second = generator.next(), generator.next()
    assert first < second and first.uuid.version == 7 and jd.Id128(first.uuid) == first
    assert jd.Id128.parse(str(first)) == first and jd.Id128(str(first)) == first and jd.Id128.parse("x") is None
    assert jd.Id128(1, 2).uuid.int == (1 << 64) + 2 and pickle.loads(pickle.dumps(first)) == first
    with pytest.raises(TypeError, match="whole number"):
        jd.Id128(1.0)  # type: ignore[call-overload]
