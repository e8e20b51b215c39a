"""Frames go in from any library and come out again with the same cells."""

from __future__ import annotations

import datetime
import math

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from towns import catalogue, needs, town, volunteers

import jiedui as jd

MIXED = {
    "id": ["a", "b", None],
    "whole": [1, None, 2**62 + 1],
    "real": [1.5, None, -0.0],
    "word": ["x", "", "长寿"],
}


def mixed() -> pa.Table:
    return pa.table(MIXED)


def test_columns_are_numpy_arrays() -> None:
    table = jd.Table(mixed(), "mixed")
    assert (table.name, table.columns, len(table)) == ("mixed", list(MIXED), 3)
    assert table["id"].tolist() == ["a", "b", None]
    assert table["whole"].dtype == np.int64 and table["whole"].mask.tolist() == [False, True, False]
    assert table["whole"][2] == 2**62 + 1
    assert table["real"][0] == 1.5 and math.isnan(table["real"][1])
    assert table["word"].tolist() == ["x", None, "长寿"]
    assert "whole" in table and table.find("nothing") is None
    with pytest.raises(KeyError, match="nothing"):
        table["nothing"]


def test_whole_numbers_never_become_real() -> None:
    frame = jd.Table(mixed()).to_pandas()
    assert frame["whole"].dtype == pd.Int64Dtype()
    assert frame["whole"][2] == 2**62 + 1 and frame["whole"].isna().tolist() == [False, True, False]
    full = jd.Table({"whole": [1, 2]}).to_pandas()
    assert full["whole"].dtype == pd.Int64Dtype()


def test_arrow_and_back() -> None:
    table = jd.Table(mixed())
    again = jd.Table(table.to_arrow())
    assert again == table and table.to_arrow().schema.field("whole").type == pa.int64()
    assert pa.schema(table) == table.to_arrow().schema


def test_a_capsule_that_nobody_reads_is_released() -> None:
    for _ in range(3):
        jd.Table(mixed()).__arrow_c_stream__()
        jd.Table(mixed()).__arrow_c_schema__()


def libraries() -> list[str]:
    return ["pandas", "pandas with pyarrow", "pyarrow", "reader", "dict", "polars", "duckdb"]


def as_frame(library: str, frame: pd.DataFrame) -> object:
    arrow = pa.Table.from_pandas(frame, preserve_index=False)
    if library == "pandas":
        return frame
    if library == "pandas with pyarrow":
        return frame.convert_dtypes(dtype_backend="pyarrow")
    if library == "pyarrow":
        return arrow
    if library == "reader":
        return pa.RecordBatchReader.from_batches(arrow.schema, arrow.to_batches(max_chunksize=7))
    if library == "dict":
        return {name: arrow[name].to_pylist() for name in arrow.column_names}
    module = pytest.importorskip(library)
    return module.DataFrame(arrow) if library == "polars" else module.from_arrow(arrow)


@pytest.mark.parametrize("library", libraries())
def test_a_network_from_any_library_is_the_same(library: str) -> None:
    network = jd.Network.from_frames(
        volunteers=as_frame(library, volunteers(50)),
        needs=as_frame(library, needs(20)),
        catalogue=as_frame(library, catalogue()),
    )
    expected = town(50, 20)
    assert network.tables(personal=True) == expected.tables(personal=True)


def test_the_index_of_pandas_is_data_only_if_it_has_a_name() -> None:
    frame = volunteers(20)
    expected = jd.Network.from_frames(volunteers=frame)
    shuffled = frame.sample(frac=1, random_state=3)
    assert jd.Network.from_frames(volunteers=shuffled).volunteers == expected.volunteers
    assert jd.Network.from_frames(volunteers=frame.set_index("id")).volunteers == expected.volunteers


def test_what_is_no_frame_is_refused() -> None:
    with pytest.raises(TypeError, match="volunteers must be a frame"):
        jd.Network.from_frames(volunteers=[1, 2])  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="names of its columns"):
        jd.Network.from_frames(volunteers=pd.DataFrame([[1]]))
    with pytest.raises(jd.Error, match="arrow_type_refused"):
        jd.Network.from_frames(volunteers=pa.table({"id": [["a"]]}))


def test_personal_fields_stay_inside_unless_asked_for() -> None:
    network = town(10, 5)
    assert not {"latitude", "longitude", "gender", "birth_year", "health_limits"} & set(network.volunteers.columns)
    personal = network.table("volunteers", personal=True)
    assert {"latitude", "gender"} <= set(personal.columns)
    assert {"latitude"} <= set(network.table(jd.Entity.need, personal=True).columns)
    assert "latitude" not in network.needs.columns


cells = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)


@given(
    st.lists(
        st.tuples(
            cells,
            st.none() | st.integers(-(2**63), 2**63 - 1),
            st.none() | st.floats(allow_nan=False),
        ),
        max_size=30,
    )
)
def test_any_table_goes_round(rows: list[tuple[str, int | None, float | None]]) -> None:
    source = pa.table(
        {
            "text": pa.array([row[0] for row in rows], pa.string()),
            "whole": pa.array([row[1] for row in rows], pa.int64()),
            "real": pa.array([row[2] for row in rows], pa.float64()),
        }
    )
    table = jd.Table(source)
    assert jd.Table(table.to_arrow()) == table
    assert table.to_arrow()["whole"].to_pylist() == [row[1] for row in rows]
    assert table.to_arrow()["text"].to_pylist() == [row[0] or None for row in rows]
    assert [None if np.ma.is_masked(cell) else int(cell) for cell in table["whole"]] == [row[1] for row in rows]
    loaded = jd.tables_from_bytes(jd.to_bytes([table]))
    assert loaded == [table]


@given(st.integers(1, 16), st.sampled_from(["int8", "int16", "int32", "int64", "uint8", "uint64"]))
def test_integers_of_all_widths(count: int, kind: str) -> None:
    source = pa.table({"n": pa.array(range(count), getattr(pa, kind)())})
    assert jd.Table(source)["n"].tolist() == list(range(count))


def test_dates_are_dates() -> None:
    day = datetime.date(2026, 3, 5)
    network = jd.Network.from_frames(volunteers={"id": ["a"], "insured_until": [day]})
    assert network.volunteer("a").insured_until == day
    stamps = pd.DataFrame({"id": ["a"], "insured_until": pd.to_datetime(["2026-03-05"])})
    assert jd.Network.from_frames(volunteers=stamps).volunteer("a").insured_until == day
