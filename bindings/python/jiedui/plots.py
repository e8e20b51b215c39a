"""The map of a plan, drawn with matplotlib alone: no tiles, no network."""

from __future__ import annotations

import json
import math
import os
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.ft2font import FT2Font
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from .errors import Error

if TYPE_CHECKING:
    from ._core import Network, Plan

Floats = NDArray[np.float64]

# Okabe and Ito's colours, which colour-blind readers can tell apart; the most urgent tier first.
TIER_COLOURS = ("#D55E00", "#0072B2", "#009E73", "#CC79A7", "#56B4E9", "#E69F00")
UNFILLED = "#1A1A1A"
GROUND = "#FAFAF7"
PLATE = {"facecolor": GROUND, "alpha": 0.8, "edgecolor": "none", "pad": 1.5}  # behind words on the map
KILOMETRES_PER_DEGREE = 111.195
WIDTH = 9.0  # inches
FAR = 8  # times the middle length: help by phone and the like, drawn pale


class Map(Figure):
    """A figure that notebooks show as it is."""

    def _repr_png_(self) -> bytes:
        import io

        image = io.BytesIO()
        self.savefig(image, format="png")
        return image.getvalue()


def plot(
    plan: Plan,
    path: str | os.PathLike[str] | None = None,
    *,
    network: Network | None = None,
    outline: str | os.PathLike[str] | None = None,
    title: str | None = None,
) -> Map:
    """Draws the map of a plan; see Plan.plot."""
    where = network if network is not None else plan.network
    if where.need_count == 0:
        raise _unknown()
    data = plan._map(where)
    lines = data["lines"]
    drawn = ~np.isnan(lines).any(axis=1)
    known = ~np.isnan(data["needs"]).any(axis=1)
    if not known.any():
        raise _unknown()
    view = _View(np.concatenate([lines[drawn].reshape(-1, 2), data["needs"][known]]))
    figure = Map(figsize=(WIDTH, view.height(WIDTH)), dpi=150)
    figure.set_layout_engine("constrained", w_pad=0.1, h_pad=0.1)
    axes = figure.add_subplot()
    view.apply(axes)
    if outline is not None:
        _draw_outline(axes, outline)
    legend = _draw_lines(axes, plan, lines[drawn], data["line_tier"][drawn])
    legend += _draw_needs(axes, data, known)
    _draw_scale(axes, view)
    _draw_north(axes)
    figure.legend(handles=legend, loc="outside lower center", ncols=min(len(legend), 3), frameon=False, fontsize=9)
    _write_title(figure, title, _default_title(plan))
    _write_notes(axes, int((~drawn).sum()), int((~known).sum()), view.outside)
    if path is not None:
        figure.savefig(path)
    return figure


def _unknown() -> Error:
    return Error(
        "positions_unknown",
        "map",
        "no need of the plan has a known position",
        way_out="give the network with plot(network=…), and positions to needs or their places",
    )


class _View:
    """What part of the Earth is shown. A few far-off points do not shrink all the rest."""

    def __init__(self, points: Floats) -> None:
        low, high = points.min(axis=0), points.max(axis=0)
        near_low, near_high = np.quantile(points, [0.002, 0.998], axis=0)
        if ((high - low) > 3 * np.maximum(near_high - near_low, 0.005)).any():
            low, high = near_low, near_high
        margin = np.maximum(0.04 * (high - low), 0.002)
        self.low: Floats = low - margin
        self.high: Floats = high + margin
        self.outside = int(((points < self.low) | (points > self.high)).any(axis=1).sum())
        self.shrink = math.cos(math.radians(float(low[1] + high[1]) / 2))
        self._widen()

    def _widen(self) -> None:
        """Keeps very long and very flat extents in a shape that fits a page."""
        width, height = (self.high - self.low) * (self.shrink, 1.0)
        if height < 0.5 * width:
            self._stretch(1, 0.5 * width - height)
        elif width < 0.7 * height:
            self._stretch(0, (0.7 * height - width) / self.shrink)

    def _stretch(self, axis: int, by: float) -> None:
        self.low[axis] -= by / 2
        self.high[axis] += by / 2

    def height(self, width: float) -> float:
        """Of a figure of that width, with room for title and legend."""
        across, up = (self.high - self.low) * (self.shrink, 1.0)
        return float(width * up / across) + 1.1

    def kilometres(self) -> float:
        """From the left edge to the right one."""
        return float((self.high[0] - self.low[0]) * self.shrink * KILOMETRES_PER_DEGREE)

    def apply(self, axes: Axes) -> None:
        axes.set_xlim(self.low[0], self.high[0])
        axes.set_ylim(self.low[1], self.high[1])
        axes.set_aspect(1 / self.shrink)
        axes.set_xticks([])
        axes.set_yticks([])
        axes.set_facecolor(GROUND)
        for spine in axes.spines.values():
            spine.set_color("#BBBBBB")


def _size(count: int, few: float, many: float) -> float:
    """A size that falls from `few` at 40 things to `many` at 40,000."""
    share = (math.log10(max(count, 1)) - math.log10(40)) / 3
    return float(few * (many / few) ** min(max(share, 0.0), 1.0))


def _colour(tier: int, tiers: list[int]) -> str:
    return TIER_COLOURS[tiers.index(tier) % len(TIER_COLOURS)]


def _draw_lines(axes: Axes, plan: Plan, lines: Floats, tier: NDArray[np.int32]) -> list[Line2D]:
    counts = [count for count in plan.tiers if count.demand]
    tiers = [count.tier for count in counts]
    width, alpha = _size(len(lines), 1.4, 0.35), _size(len(lines), 0.9, 0.45)
    lengths = np.hypot(lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1])
    is_far = lengths > FAR * np.median(lengths) if len(lines) else np.zeros(0, bool)
    legend: list[Line2D] = []
    for count in reversed(counts):  # the most urgent on top
        colour = _colour(count.tier, tiers)
        for far, paleness in ((True, 0.3), (False, 1.0)):
            segments = lines[(tier == count.tier) & (is_far == far)].reshape(-1, 2, 2)
            shade = (*to_rgb(colour), alpha * paleness)
            axes.add_collection(LineCollection(list(segments), colors=[shade], linewidths=width, zorder=2))
        label = f"tier {count.tier}: {count.filled:,} of {count.demand:,} filled"
        legend.insert(0, Line2D([], [], color=colour, linewidth=2, label=label))
    axes.scatter(lines[:, 0], lines[:, 1], s=_size(len(lines), 9, 0.4), color="#777777", linewidths=0, zorder=3)
    legend.append(_marker("o", "#777777", "#777777", 4, "volunteer"))
    return legend


def _draw_needs(axes: Axes, data: dict[str, Any], known: NDArray[np.bool_]) -> list[Line2D]:
    size = _size(int(known.sum()), 26, 1.2)
    tiers = sorted(set(data["tier"].tolist()))
    short = data["filled"] < data["demand"]
    for tier in reversed(tiers):
        at = data["needs"][known & ~short & (data["tier"] == tier)]
        axes.scatter(at[:, 0], at[:, 1], s=size, color=_colour(tier, tiers), linewidths=0, zorder=4)
    missing = data["needs"][known & short]
    legend = [_marker("o", "#555555", "#555555", 6, "need, dot in the colour of its tier")]
    if len(missing):
        crosses = _size(int(known.sum()), 42, 3)
        axes.scatter(
            missing[:, 0], missing[:, 1], s=crosses, marker="x", color=UNFILLED, linewidths=crosses**0.5 / 4.5, zorder=5
        )
        legend.append(_marker("x", UNFILLED, UNFILLED, 7, f"need not filled: {int(short.sum()):,}"))
    return legend


def _marker(shape: str, edge: str, face: str, size: float, label: str) -> Line2D:
    return Line2D(
        [], [], linestyle="", marker=shape, markersize=size, markeredgecolor=edge, markerfacecolor=face, label=label
    )


def _draw_scale(axes: Axes, view: _View) -> None:
    room = view.kilometres() / 4
    step = 10 ** math.floor(math.log10(room))
    length = max(step * factor for factor in (1, 2, 5) if step * factor <= room)
    share = length / view.kilometres()
    text = f"{length:g} km" if length >= 1 else f"{round(length * 1000)} m"
    line = Line2D([0.03, 0.03 + share], [0.035, 0.035], transform=axes.transAxes, color="#222222", linewidth=2.5)
    line.set_zorder(6)
    axes.add_line(line)
    at = (0.03 + share / 2, 0.05)
    axes.text(*at, text, transform=axes.transAxes, ha="center", va="bottom", fontsize=9, zorder=6, bbox=PLATE)


def _draw_north(axes: Axes) -> None:
    axes.annotate(
        "N",
        xy=(0.965, 0.975),
        xytext=(0.965, 0.90),
        xycoords="axes fraction",
        ha="center",
        va="center",
        fontsize=10,
        arrowprops={"arrowstyle": "-|>", "color": "#222222", "shrinkA": 6, "shrinkB": 0},
        zorder=6,
    )


def _draw_outline(axes: Axes, path: str | os.PathLike[str]) -> None:
    with open(path, encoding="utf-8") as file:
        rings = [np.asarray(ring, dtype=np.float64)[:, :2] for ring in _rings(json.load(file))]
    axes.add_collection(
        PolyCollection(rings, facecolors="#F0EFE8", edgecolors="#A8A69A", linewidths=0.7, zorder=1), autolim=False
    )


def _rings(shape: Any) -> Iterator[Any]:
    """The outer rings and lines of any GeoJSON object."""
    kind = shape.get("type")
    if kind == "FeatureCollection":
        for feature in shape["features"]:
            yield from _rings(feature)
    elif kind == "Feature" and shape["geometry"] is not None:
        yield from _rings(shape["geometry"])
    elif kind == "GeometryCollection":
        for geometry in shape["geometries"]:
            yield from _rings(geometry)
    elif kind == "Polygon":
        yield shape["coordinates"][0]
    elif kind == "MultiPolygon":
        for polygon in shape["coordinates"]:
            yield polygon[0]


def _default_title(plan: Plan) -> str:
    states = {"optimal": "proved optimal", "interrupted": "interrupted before the end"}
    state = states.get(plan.status.name, "within all limits, not proved optimal")
    return f"{plan.filled:,} of {plan.demand:,} demand units filled, {state}"


def _write_title(figure: Figure, title: str | None, otherwise: str) -> None:
    font = None if title is None else _font_for(title)
    if title is not None and font is None:
        warnings.warn("no installed font has all characters of the title; another one is written", stacklevel=4)
    figure.suptitle(otherwise if title is None or font is None else title, fontsize=12, font=font)


def _font_for(text: str) -> str | None:
    """An installed font that has every character, so that none becomes a box."""
    families = [
        "DejaVu Sans",
        *sorted({font.name for font in font_manager.fontManager.ttflist if _may_be_wide(font.name)}),
    ]
    wanted = {ord(character) for character in text if not character.isspace()}
    for family in families:
        file = font_manager.findfont(family, fallback_to_default=False)
        if wanted <= FT2Font(file).get_charmap().keys():
            return family
    return None


def _may_be_wide(name: str) -> bool:
    return any(word in name for word in ("CJK", "Hei", "Song", "Ming", "WenQuanYi", "Droid Sans Fallback", "Unifont"))


def _write_notes(axes: Axes, pairs: int, needs: int, outside: int) -> None:
    notes = []
    if pairs:
        notes.append(f"{pairs:,} pairs without a position are not drawn")
    if needs:
        notes.append(f"{needs:,} needs without a position")
    if outside:
        notes.append(f"{outside:,} points lie outside the picture")
    if notes:
        axes.text(
            0.015,
            0.985,
            "\n".join(notes),
            transform=axes.transAxes,
            va="top",
            fontsize=8,
            color="#555555",
            zorder=6,
            bbox=PLATE,
        )
