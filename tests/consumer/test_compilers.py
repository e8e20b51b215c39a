"""GCC and Clang, any number of threads and any order of the rows: the same plans at the same prices."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROJECT = ROOT / "tests" / "consumer" / "same_answers"


def run(*command):
    ran = subprocess.run([str(word) for word in command], cwd=ROOT, text=True, stdout=subprocess.PIPE,
                         stderr=subprocess.STDOUT)
    assert ran.returncode == 0, f"{command} failed:\n{ran.stdout[-8000:]}"
    return ran.stdout


def answers(compiler):
    """Builds the program with the compiler and returns what it prints."""
    build = ROOT / "build" / "consumer" / f"same_answers_{compiler}"
    run("cmake", "-G", "Ninja", "-S", PROJECT, "-B", build, f"-DCMAKE_CXX_COMPILER={compiler}",
        "-DCMAKE_CXX_FLAGS=-O1", "-DCMAKE_CXX_COMPILER_LAUNCHER=ccache")
    run("cmake", "--build", build)
    return run(build / "same_answers").splitlines()


def test_compilers_threads_and_rows_change_nothing():
    by_gcc = answers("g++")
    hashes = {}
    for line in by_gcc:
        town, found = line.split(":")
        hashes.setdefault(town, set()).update(found.split())
    assert len(hashes) == 10 and all(len(found) == 1 for found in hashes.values()), by_gcc
    assert len({found.pop() for found in hashes.values()}) == 10, "each town has a plan of its own"
    assert answers("clang++-14") == by_gcc
