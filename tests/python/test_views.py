"""What notebooks and the command line show."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from matplotlib.image import imread
from towns import town

import jiedui as jd
from jiedui import cli, html, plots

NO_POSITIONS = jd.ExplicitMarket(volunteer=[0], need=[0], points=[1], capacity=[1], demand=[1])


def test_a_plan_in_a_notebook(plan: jd.Plan) -> None:
    shown = plan._repr_html_()
    assert shown.count("<table") == 2 and "data:image/png;base64," in shown
    assert f"{plan.filled:,} of {plan.demand:,} demand units filled" in shown and "No plan is better" in shown
    assert plan.pair(0).need in shown and "&lt;" not in shown


def test_a_plan_without_positions_has_no_map() -> None:
    shown = jd.solve(NO_POSITIONS)._repr_html_()
    assert "<img" not in shown and "<table" in shown
    with pytest.raises(jd.Error, match="positions_unknown"):
        jd.solve(NO_POSITIONS).plot()


def test_a_network_in_a_notebook(network: jd.Network) -> None:
    shown = network._repr_html_()
    assert "volunteers" in shown and ">120<" in shown and "V-0" not in shown
    assert "V-00000" in network.volunteers._repr_html_() and "30.0" not in network.volunteers._repr_html_()


def test_what_is_shown_is_escaped() -> None:
    table = jd.Table({"a<b>": ["<script>"]}, "<i>")
    assert "<script>" not in html.table(table) and "&lt;script&gt;" in html.table(table)


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_a_map_is_drawn(plan: jd.Plan, tmp_path: Path, ending: str) -> None:
    figure = plan.plot(tmp_path / f"map.{ending}")
    assert (tmp_path / f"map.{ending}").stat().st_size > 10_000
    assert figure.axes[0].get_aspect() == pytest.approx(1 / np.cos(np.radians(30.025)), rel=1e-3)
    texts = [text.get_text() for text in figure.legends[0].get_texts()]
    assert any(text.startswith("tier 1: ") for text in texts)
    assert any(re.fullmatch(r"(1|2|5)0* (km|m)", text.get_text()) for text in figure.axes[0].texts)
    if ending == "png":
        picture = imread(tmp_path / "map.png")[..., :3]
        assert picture.shape[1] > 1000 and len(np.unique(picture.reshape(-1, 3), axis=0)) > 50


def test_an_outline_lies_below(plan: jd.Plan, tmp_path: Path) -> None:
    ring = [[119.9, 29.9], [120.2, 29.9], [120.2, 30.2], [119.9, 29.9]]
    shape = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {}, "geometry": {"type": "MultiPolygon", "coordinates": [[ring]]}},
            {"type": "Feature", "properties": {}, "geometry": None},
        ],
    }
    (tmp_path / "county.json").write_text(json.dumps(shape))
    plain, outlined = plan.plot(), plan.plot(outline=tmp_path / "county.json", title="Town")
    assert len(outlined.axes[0].collections) == len(plain.axes[0].collections) + 1
    assert outlined.axes[0].get_xlim() == plain.axes[0].get_xlim()


def test_no_character_becomes_a_box(plan: jd.Plan, recwarn: pytest.WarningsRecorder) -> None:
    figure = plan.plot(title="衢州市")
    figure.canvas.draw()
    missing = [str(warning.message) for warning in recwarn if "missing from" in str(warning.message)]
    assert not missing
    assert plots._font_for("\ue000") is None and plots._font_for("Town") == "DejaVu Sans"


def test_a_loaded_plan_is_drawn_with_its_network(plan: jd.Plan, network: jd.Network) -> None:
    loaded = jd.plan_from_bytes(jd.to_bytes(plan))
    assert loaded.network.volunteer_count == 0
    assert loaded.plot(network=network).axes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    jd.write_csv(town(), tmp_path / "town", personal=True)
    return tmp_path / "town"


def test_the_command_line_pairs_and_verifies(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert cli.main(["pair", str(folder), "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert "plan and proof verified" in said
    assert {path.name for path in out.iterdir()} >= {"plan.csv", "town.jiedui", "map.png"}
    assert len(jd.read_csv_table(out / "plan.csv").table) > 10
    assert cli.main(["verify", str(out / "town.jiedui")]) == 0
    assert "sound" in capsys.readouterr().out


def test_the_command_line_says_what_is_wrong(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["pair", str(tmp_path / "none")]) == 2
    assert cli.main(["verify", str(tmp_path / "none.jiedui")]) == 2
    assert "store_missing" in capsys.readouterr().err
    (folder / "needs.csv").write_text("id,item,demand\nN-1,nothing,0\n")
    assert cli.main(["pair", str(folder)]) == 2
    said = capsys.readouterr().err
    assert "2 problems" in said and "row 2 column demand: number_out_of_range" in said


def test_the_command_line_is_a_program() -> None:
    ran = subprocess.run([sys.executable, "-m", "jiedui.cli", "--version"], capture_output=True, text=True)
    assert ran.stdout == f"jiedui {jd.__version__}\n"
