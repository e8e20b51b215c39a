"""What README promises a newcomer: its programs build as it says, run, and tell what it shows."""

import re
import shutil
import sys

import pytest
from programs import RELEASE, ROOT, run

README = (ROOT / "README.md").read_text()


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


@pytest.fixture
def village(tmp_path):
    """A copy of the example's data, to run in."""
    return shutil.copytree(ROOT / "examples" / "first", tmp_path / "first")


@pytest.fixture(scope="module")
def prefix(tmp_path_factory):
    folder = tmp_path_factory.mktemp("installed")
    run("cmake", "--install", RELEASE, "--prefix", folder)
    return folder


def test_the_cpp_program_builds_as_readme_says_and_runs(village, prefix, tmp_path):
    program, = blocks("cpp")
    lists, = blocks("cmake")
    source = tmp_path / "source"
    source.mkdir()
    (source / "CMakeLists.txt").write_text(lists)
    (source / "first.cpp").write_text(program)
    run("cmake", "-G", "Ninja", "-S", source, "-B", source / "build", f"-DCMAKE_PREFIX_PATH={prefix}",
        "-DCMAKE_CXX_COMPILER_LAUNCHER=ccache", "-DCMAKE_CXX_FLAGS=-Wall -Wextra -Werror")
    run("cmake", "--build", source / "build")
    said, _ = run(source / "build" / "first", cwd=village)
    shown = said_block("first.cpp")
    assert shown in said
    assert (village / "town.jiedui").exists()


def test_the_python_program_runs(village):
    program, = blocks("python")
    said, _ = run(sys.executable, "-c", program, cwd=village)
    assert said.count("V-0042") == 1 and "1:30:00" in said


def said_block(name):
    """What README shows as the output of a program, times of the day of booking apart."""
    found = re.search(rf"`{re.escape(name)}` prints\n```text\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    assert found, f"README does not show what {name} prints"
    return found[1]


def test_every_file_that_readme_names_exists():
    named = re.findall(r"\]\((?!https?:)([^)#]+)", README) + re.findall(r'src="(?!https?:)([^"]+)', README)
    missing = [name for name in named if not (ROOT / name).exists()]
    assert named and not missing


def test_every_room_is_on_the_map():
    rooms = {path.name for path in (ROOT / "include" / "jiedui").iterdir() if path.is_dir()}
    assert rooms <= set(re.findall(r"\*\*(\w+)\*\*", README))
