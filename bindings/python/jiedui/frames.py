"""Frames in and out: whatever speaks the Arrow C stream protocol, and dicts of columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, runtime_checkable

if TYPE_CHECKING:
    import pandas
    import pyarrow

    from ._core import Ledger, Table


@runtime_checkable
class ArrowStream(Protocol):
    """Anything that hands over its rows as an Arrow C stream."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


Frame: TypeAlias = ArrowStream | Mapping[str, Any]


def arrow_of(frame: object, name: str) -> ArrowStream:
    """The frame as something with `__arrow_c_stream__`.

    Of a pandas index only what has a name is data: a running number is left out.
    """
    module = type(frame).__module__.partition(".")[0]
    if module == "pandas" and hasattr(frame, "columns"):
        return _from_pandas(frame, name)
    if isinstance(frame, Mapping):
        import pyarrow

        table: ArrowStream = pyarrow.table({str(column): values for column, values in frame.items()})
        return table
    if isinstance(frame, ArrowStream):
        return frame
    raise TypeError(
        f"{name} must be a frame (pandas, polars, pyarrow, DuckDB, a dict of columns, or anything with"
        f" __arrow_c_stream__), not {type(frame).__name__}"
    )


def _from_pandas(frame: Any, name: str) -> ArrowStream:
    import pyarrow

    if any(level is not None for level in frame.index.names):
        frame = frame.reset_index()
    unnamed = [column for column in frame.columns if not isinstance(column, str)]
    if unnamed:
        raise TypeError(f"{name} must have texts as names of its columns, not {type(unnamed[0]).__name__}")
    table: ArrowStream = pyarrow.Table.from_pandas(frame, preserve_index=False)
    return table


def to_arrow(table: Table) -> pyarrow.Table:
    """The rows as a pyarrow.Table."""
    import pyarrow

    return pyarrow.table(table)


def to_pandas(table: Table) -> pandas.DataFrame:
    """The rows as a pandas.DataFrame; whole numbers are Int64, so that absent ones stay absent."""
    import pandas
    import pyarrow

    types = {pyarrow.int64(): pandas.Int64Dtype()}
    return to_arrow(table).to_pandas(types_mapper=types.get)


def entry_reader(books: Ledger, first: int, last: int | None, rows_at_once: int) -> pyarrow.RecordBatchReader:
    """The entries as a stream of record batches; entries never change, so that they all fit together."""
    import pyarrow

    if rows_at_once < 1:
        raise ValueError("rows_at_once must be 1 or more")

    def batches() -> Iterator[pyarrow.RecordBatch]:
        end = books.head().count if last is None else last
        for begin in range(first, end + 1, rows_at_once):
            yield from to_arrow(books.entry_table(begin, min(end, begin + rows_at_once - 1))).to_batches()

    return pyarrow.RecordBatchReader.from_batches(to_arrow(books.entry_table(1, 0)).schema, batches())
