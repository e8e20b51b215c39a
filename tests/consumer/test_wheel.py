"""`pip install .` builds the package, types and all, from nothing but the project."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def site():
    site = ROOT / "build" / "consumer" / "site"
    shutil.rmtree(site, ignore_errors=True)
    ran = subprocess.run([sys.executable, "-m", "pip", "install", ".", "--quiet", "--no-build-isolation",
                          "--no-deps", "--target", site], cwd=ROOT, text=True,
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert ran.returncode == 0, ran.stdout[-8000:]
    return site


def test_types_are_shipped(site):
    assert (site / "jiedui" / "py.typed").exists()
    assert list((site / "jiedui").glob("**/*.pyi"))


def test_nothing_else_is_shipped(site):
    assert {path.name for path in site.iterdir() if not path.name.endswith(".dist-info")} <= {"jiedui", "bin"}
    assert not list(site.glob("jiedui/**/*.hpp")) and not list(site.glob("jiedui/**/*.so.*"))


def test_the_package_imports_from_there(site):
    program = "import jiedui, importlib.metadata; print(jiedui.__file__, importlib.metadata.version('jiedui'))"
    ran = subprocess.run([sys.executable, "-c", program], cwd=site, env=os.environ | {"PYTHONPATH": str(site)},
                         text=True, capture_output=True)
    version = re.search(r"project\(jiedui VERSION ([0-9.]+)", (ROOT / "CMakeLists.txt").read_text())[1]
    assert ran.stdout.split() == [str(site / "jiedui" / "__init__.py"), version], ran.stderr


def test_the_command_line_starts(site):
    ran = subprocess.run([site / "bin" / "jiedui", "--help"], env=os.environ | {"PYTHONPATH": str(site)},
                         text=True, capture_output=True)
    assert ran.returncode == 0 and "usage" in ran.stdout.lower(), ran.stderr
