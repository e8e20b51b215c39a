"""What notebooks show: counts, totals and first rows. Nothing that points to a person."""

from __future__ import annotations

import base64
import html
import importlib.util
import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from . import _core
from .errors import Error

if TYPE_CHECKING:
    from ._core import Network, Plan, Table

ROWS_SHOWN = 10
PLACES_SHOWN = 12
PAIRS_DRAWN_MAX = 50_000  # above, a notebook would wait too long for its map

_STYLE = (
    "<style>.jiedui{border-collapse:collapse;margin:.4em 0}.jiedui th,.jiedui td{padding:.15em .7em;"
    "text-align:left;border-bottom:1px solid #8884}.jiedui td.n,.jiedui th.n{text-align:right;"
    "font-variant-numeric:tabular-nums}.jiedui caption{text-align:left;font-weight:600;padding:.3em 0}"
    "</style>"
)


def table(shown: Table) -> str:
    """The first rows of a table."""
    names = shown.columns
    columns = [shown[name] for name in names]
    rows = [[column[row] for column in columns] for row in range(min(len(shown), ROWS_SHOWN))]
    note = f"{len(shown):,} rows" if len(shown) != 1 else "1 row"
    if len(shown) > ROWS_SHOWN:
        note += f", the first {ROWS_SHOWN}"
    return _STYLE + _table(f"{shown.name or 'table'}: {note}", names, rows)


def network(shown: Network) -> str:
    """How many rows each table has, and what lies in the widest places there are several of."""
    counts = [(name, shown.size(name)) for name in _core.table_names if shown.size(name)]
    text = _STYLE + _table("Network", ("table", "rows"), counts)
    if shown.size("places"):
        text += _places(shown)
    return text


def _places(shown: Network) -> str:
    total = _core.roll_up_places(shown).total
    places = shown.places
    ids, names, levels = places["id"], places["name"], places["level"]
    shown_level = next((level for level in range(1, 5) if (levels == level).sum() > 1), levels.max())
    rows = [
        (ids[row], names[row] or "", counts.volunteers, counts.needs, counts.demand)
        for row, counts in enumerate(total)
        if levels[row] == shown_level
    ]
    caption = f"Places: {len(places):,} in all, {len(rows):,} of level {shown_level}"
    if len(rows) > PLACES_SHOWN:
        caption += f", the first {PLACES_SHOWN}"
    headings = ("place", "name", "volunteers", "needs", "demand units")
    return _table(caption, headings, rows[:PLACES_SHOWN])


def plan(shown: Plan) -> str:
    """Tiers, totals, proof, the map and the first pairs by id."""
    tiers = [(count.tier, count.demand, count.filled, _share(count.filled, count.demand)) for count in shown.tiers]
    text = _STYLE + _table("Plan", ("tier", "demand units", "filled", ""), tiers)
    text += "".join(f"<div>{html.escape(line)}</div>" for line in _totals(shown))
    text += _map(shown)
    pairs = [
        (pair.need, pair.volunteer, pair.points, "" if pair.metres is None else pair.metres, _time(pair.begins))
        for pair in (shown.pair(index) for index in range(min(shown.size, ROWS_SHOWN)))
    ]
    caption = f"The first {len(pairs)} of {shown.size:,} pairs" if shown.size > len(pairs) else "Pairs"
    return text + _table(caption, ("need", "volunteer", "points", "metres", "begins (UTC)"), pairs)


def _totals(shown: Plan) -> list[str]:
    lines = [f"{shown.filled:,} of {shown.demand:,} demand units filled, {shown.points:,} points in all."]
    if shown.load_cost:
        lines.append(f"{shown.load_cost:,} points go off for load.")
    if shown.is_optimal:
        lines.append(
            f"No plan is better: prices of {len(shown.proof.prices):,} volunteers and slots and profits of"
            f" {len(shown.proof.profits):,} needs prove it."
        )
    elif shown.status.name == "bounded":
        lines.append(f"Within all limits; no plan is worth more than {shown.bound:,}, this one {shown.value:,}.")
    else:
        lines.append("Interrupted: what was found by then, filled up; a better plan may exist.")
    if shown.unmet:
        lines.append(f"{len(shown.unmet):,} volunteers have less than the least pairs asked for them.")
    if shown.needs_without_slot:
        lines.append(f"{len(shown.needs_without_slot):,} needs fit no slot of the horizon.")
    return lines


def _map(shown: Plan) -> str:
    if not 0 < shown.size <= PAIRS_DRAWN_MAX or importlib.util.find_spec("matplotlib") is None:
        return ""
    from . import plots

    try:
        figure = plots.plot(shown)
    except Error:  # no positions are known
        return ""
    image = io.BytesIO()
    figure.savefig(image, format="png", dpi=110)
    data = base64.b64encode(image.getvalue()).decode()
    return f'<img alt="Map of the plan" style="max-width:100%" src="data:image/png;base64,{data}">'


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else ""


def _time(instant: object) -> str:
    return "" if instant is None else f"{instant:%Y-%m-%d %H:%M}"


def _table(caption: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    body = list(rows)
    numeric = [all(_is_number(row[at]) for row in body) and bool(body) for at in range(len(headings))]

    def cell(tag: str, value: object, at: int) -> str:
        number = isinstance(value, int) and not isinstance(value, bool)
        text = f"{value:,}" if number else "" if value is None else str(value)
        return f"<{tag}{' class=n' if numeric[at] else ''}>{html.escape(text)}</{tag}>"

    head = "".join(cell("th", heading, at) for at, heading in enumerate(headings))
    lines = "".join(f"<tr>{''.join(cell('td', value, at) for at, value in enumerate(row))}</tr>" for row in body)
    return (
        f"<table class=jiedui><caption>{html.escape(caption)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>"
    )


def _is_number(value: object) -> bool:
    return value == "" or (hasattr(value, "__index__") and not isinstance(value, bool))
