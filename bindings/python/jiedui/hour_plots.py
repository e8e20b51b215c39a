"""Charts of what comes out of the hours, drawn with matplotlib alone."""

from __future__ import annotations

import os
import warnings
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from .errors import Error
from .plots import WIDTH, Map, _font_for

if TYPE_CHECKING:
    from ._core import HoursReport, Ranked, StarRules, StarStanding, SupervisionItem, SupervisionRules

# Okabe and Ito's colours, which colour-blind readers can tell apart.
SOURCES = {
    "clock": ("#0072B2", "by clock"),
    "organisation": ("#56B4E9", "entered by the organisation"),
    "declared": ("#E69F00", "declared"),
    "backfilled": ("#CC79A7", "back-filled"),
}
BAR = "#0072B2"
REGISTERED = "#0072B2"
ACTIVE = "#D55E00"
GRID = "#DDDDDD"
Path = str | os.PathLike[str]


class Chart(Map):
    """A figure that notebooks show as it is."""

    words: str | None = None  # the font family of what users name


def hours_by_month(report: HoursReport, path: Path | None = None, *, title: str | None = None) -> Chart:
    """Hours of each month, by where they come from, of hours_report(records, ["month"])."""
    if [key.name for key in report.by] != ["month"]:
        raise Error("chart_not_of_this", "hours_by_month", "the report is not by month", way_out="give by=['month']")
    lines = {line.keys[0]: line for line in report.lines}
    months = _months(min(lines), max(lines)) if lines else []
    chart, axes = _chart(4.5, title or f"{_hours(report.total.confirmed)} hours confirmed", months)
    bottom = [0.0] * len(months)
    for place, (colour, label) in enumerate(SOURCES.values()):
        heights = [lines[month].by_source[place] / 3600 if month in lines else 0.0 for month in months]
        if any(heights):
            axes.bar(range(len(months)), heights, bottom=bottom, color=colour, label=label, width=0.8, zorder=2)
        bottom = [low + height for low, height in zip(bottom, heights, strict=True)]
    step = max(1, -(-len(months) // 12))  # a label under every month of a year, under fewer beyond
    axes.set_xticks(range(0, len(months), step), months[::step], rotation=45 if len(months) > 8 else 0)
    axes.set_ylabel("hours")
    axes.grid(axis="y", color=GRID, zorder=0)
    if any(bottom):
        chart.legend(loc="outside lower center", ncols=4, frameon=False, fontsize=9)
    return _finished(chart, path)


def ranking(ranked: Sequence[Ranked], path: Path | None = None, *, title: str | None = None) -> Chart:
    """Confirmed hours of each line of jd.ranking, the first on top, with its place."""
    labels = [f"{one.rank}.  {', '.join(key for key in one.line.keys if key)}" for one in ranked]
    chart, axes = _chart(_height(len(labels)), title or "Hours served", labels)
    hours = [one.line.confirmed / 3600 for one in ranked]
    bars = axes.barh(range(len(labels)), hours, color=BAR, height=0.72, zorder=2)
    axes.bar_label(bars, [_hours(one.line.confirmed) for one in ranked], padding=4, fontsize=8)
    axes.margins(x=0.1)
    axes.set_xlabel("hours")
    _rows(axes, labels)
    return _finished(chart, path)


def supervision(
    items: Sequence[SupervisionItem], rules: SupervisionRules, path: Path | None = None, *, title: str | None = None
) -> Chart:
    """The units on a list for supervision: their rates, the bounds of the rules, and the reasons."""
    labels = [item.figures.unit for item in items]
    chart, axes = _chart(_height(len(labels)) + 0.5, title or f"{len(labels)} units on the list", labels)
    axes.set_xlim(-2, 102)
    for name, colour, bound in (
        ("registered", REGISTERED, rules.registered_at_most),
        ("active", ACTIVE, rules.active_at_most),
    ):
        rates = [_percent(item, name) for item in items]
        known = [row for row, rate in enumerate(rates) if rate is not None]
        shown = [min(rate, 100.0) for rate in rates if rate is not None]
        axes.scatter(shown, known, color=colour, s=42, zorder=3, label=f"{name}, per cent", clip_on=False)
        if bound is not None:
            word = "at most" if rules.bound_included else "below"
            axes.axvline(bound / 10, color=colour, linestyle="--", linewidth=1, zorder=2, label=f"{word} {bound / 10:g}")
    for row, item in enumerate(items):
        reasons = [word for word in ("no_team", "registration", "activity") if getattr(item, word)]
        axes.text(1.015, row, ", ".join(reasons).replace("_", " "), transform=axes.get_yaxis_transform(), va="center")
    axes.set_xlabel("per cent")
    _rows(axes, labels)
    chart.legend(loc="outside lower center", ncols=4, frameon=False, fontsize=9)
    return _finished(chart, path)


def stars(
    standings: Sequence[StarStanding], rules: StarRules, path: Path | None = None, *, title: str | None = None
) -> Chart:
    """How many volunteers have which star as their highest."""
    counts = Counter(standing.reached[-1].level if standing.reached else None for standing in standings)
    levels = [None, *(level.name for level in rules.levels)]
    names = ["none yet", *(level.name for level in rules.levels)]
    asked = ["", *(f"{_hours(int(level.least.total_seconds()))} h" for level in rules.levels)]
    labels = [f"{name}\n{hours}" for name, hours in zip(names, asked, strict=True)]
    chart, axes = _chart(4.5, title or f"Stars of {len(standings):,} volunteers", labels)
    bars = axes.bar(range(len(labels)), [counts[level] for level in levels], color=["#BBBBBB"] + [BAR] * len(rules.levels))
    axes.bar_label(bars, [f"{counts[level]:,}" for level in levels], padding=3, fontsize=9)
    axes.margins(y=0.12)
    axes.set_xticks(range(len(labels)), labels)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_ylabel("volunteers")
    return _finished(chart, path)


def _chart(height: float, title: str, words: Sequence[str]) -> tuple[Chart, Axes]:
    chart = Chart(figsize=(WIDTH, height), dpi=150)
    chart.set_layout_engine("constrained", w_pad=0.1, h_pad=0.1)
    axes = chart.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    font = _font_for(title + "".join(words))
    if font is None:
        warnings.warn("no installed font has all characters of the chart", stacklevel=3)
    chart.suptitle(title, fontsize=12, font=font)
    chart.words = font
    return chart, axes


def _finished(chart: Chart, path: Path | None) -> Chart:
    """With every word in a font that has it."""
    if chart.words is not None:
        for axes in chart.axes:
            for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
                label.set_fontfamily(chart.words)
    if path is not None:
        chart.savefig(path)
    return chart


def _rows(axes: Axes, labels: Sequence[str]) -> None:
    """One row a label, the first on top."""
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.grid(axis="x", color=GRID, zorder=0)
    axes.tick_params(axis="y", length=0)


def _height(rows: int) -> float:
    return 1.6 + 0.28 * max(rows, 3)


def _hours(seconds: int) -> str:
    """Hours with a tenth at most, rounded down."""
    tenths = seconds // 360
    return f"{tenths // 10:,}" + (f".{tenths % 10}" if tenths % 10 else "")


def _percent(item: SupervisionItem, name: str) -> float | None:
    whole = item.figures.expected if name == "registered" else item.figures.registered
    return 100 * getattr(item.figures, name) / whole if whole else None


def _months(first: str, last: str) -> list[str]:
    """All from the first to the last."""
    year, month = (int(word) for word in first.split("-"))
    months = [first]
    while months[-1] != last:
        year, month = (year + month // 12, month % 12 + 1)
        months.append(f"{year:04}-{month:02}")
    return months
