"""Files are short, finished, formatted, and say nothing about the machine they were written on."""

import re
import subprocess

from project import ROOT, files

CODE = ["include/**/*.h*", "include/**/*.capnp"] + [
    f"{folder}/**/*.{kind}" for folder in ("src", "bindings", "examples", "tests")
    for kind in ("hpp", "cpp", "h", "c", "py")]
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")
OF_A_MACHINE = re.compile(r"""["'\s]/(home|root|work|tmp)/\w+""")


def own_files():
    return [(str(path.relative_to(ROOT)), path.read_text()) for path in files(*CODE)]


def test_no_file_is_longer_than_500_lines():
    long = [f"{name}: {len(text.splitlines())}" for name, text in own_files() if len(text.splitlines()) > 500]
    assert not long, "\n".join(long)


def test_nothing_is_left_to_do():
    unfinished = [name for name, text in own_files() if UNFINISHED.search(text)]
    assert not unfinished, "\n".join(unfinished)


def test_no_path_of_a_machine():
    leaks = [f"{name}: {found[0]}" for name, text in own_files() if (found := OF_A_MACHINE.search(text))]
    assert not leaks, "\n".join(leaks)


def test_clang_format_is_clean():
    cpp = [path.relative_to(ROOT) for path in files(*CODE) if path.suffix in (".hpp", ".cpp", ".h", ".c")]
    said = subprocess.run(["clang-format-14", "--dry-run", *cpp], cwd=ROOT, capture_output=True,
                          text=True).stderr
    wrong = sorted(set(re.findall(r"^(\S+?):\d+:\d+: warning", said, re.MULTILINE)))
    assert not wrong, "put right by: clang-format-14 -i " + " ".join(wrong)
