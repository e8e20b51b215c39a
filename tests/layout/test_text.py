"""Files are short, finished, formatted, and say nothing about the machine they were written on."""

import re
import subprocess

from project import ROOT, files

CODE = ["include/**/*.h*", "include/**/*.capnp"] + [
    f"{folder}/**/*.{kind}" for folder in ("src", "bindings", "examples", "tests")
    for kind in ("hpp", "cpp", "h", "c", "py")]
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")
OF_A_MACHINE = re.compile(r"/(home|root|work|tmp)/\w")


def test_no_file_is_longer_than_500_lines():
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in files(*CODE)}
    assert {name: length for name, length in lengths.items() if length > 500} == {}


def test_nothing_is_left_to_do():
    assert [str(path) for path in files(*CODE) if UNFINISHED.search(path.read_text())] == []


def test_no_path_of_a_machine():
    own = [path for path in files(*CODE) if path.name != "test_text.py"]
    assert [str(path) for path in own if OF_A_MACHINE.search(path.read_text())] == []


def test_clang_format_is_clean():
    cpp = [path.relative_to(ROOT) for path in files(*CODE) if path.suffix in (".hpp", ".cpp", ".h", ".c")]
    said = subprocess.run(["clang-format-14", "--dry-run", *cpp], cwd=ROOT, capture_output=True,
                          text=True).stderr
    wrong = sorted(set(re.findall(r"^(\S+?):\d+:\d+: warning", said, re.MULTILINE)))
    assert wrong == [], "put right by: clang-format-14 -i " + " ".join(wrong)
