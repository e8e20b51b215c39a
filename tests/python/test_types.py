"""The types: _core.pyi is what the module says today, and strict checkers accept programs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from towns import town

import jiedui as jd

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "bindings" / "python"
HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mypy")


def mypy(cache: Path, folder: Path, *words: str) -> str:
    """What mypy --strict says, with the types of the package's own source folder.

    Libraries without types of their own are Any, and are not complained of.
    """
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--cache-dir",
        str(cache),
        "--config-file",
        "",
        "--ignore-missing-imports",
        *words,
    ]
    environment = os.environ | {"MYPYPATH": str(SOURCES)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True).stdout


def test_the_stub_is_up_to_date(tmp_path: Path) -> None:
    subprocess.run([sys.executable, SOURCES / "stubs.py", tmp_path], check=True)
    made = (tmp_path / "_core.pyi").read_text()
    assert made == (SOURCES / "jiedui" / "_core.pyi").read_text(), "put right by: python bindings/python/stubs.py"


def test_a_program_is_typed(cache: Path, tmp_path: Path) -> None:
    said = mypy(cache, tmp_path, str(HERE / "typed_program.py"))
    assert said.startswith("Success"), said


def test_the_package_is_typed(cache: Path, tmp_path: Path) -> None:
    said = mypy(cache, tmp_path, "-p", "jiedui")
    assert said.startswith("Success"), said


def test_a_float_for_a_whole_number_is_found(cache: Path, tmp_path: Path) -> None:
    (tmp_path / "wrong.py").write_text("import jiedui as jd\njd.Market(jd.Network(), days=1.5)\njd.NeedIndex('x')\n")
    assert "Found 2 errors" in mypy(cache, tmp_path, "wrong.py")


def test_the_typed_program_runs(tmp_path: Path) -> None:
    jd.write_csv(town(), tmp_path, personal=True)
    ran = subprocess.run([sys.executable, HERE / "typed_program.py", tmp_path], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    assert "booked" in ran.stdout and (tmp_path / "map.png").exists()
