"""Each public header stands alone, all of them together link, the umbrella holds them all."""

import re

from project import ROOT, includes, public_headers, run

UMBRELLA = ROOT / "include" / "jiedui" / "jiedui.hpp"
OPT_IN = {ROOT / "include" / "jiedui" / name for name in ("network/boost.hpp", "hours/attestation_verifier.hpp")}


def test_each_header_compiles_alone_with_gcc():
    run("cmake", "--build", "build/release", "--target", "jiedui_verify_interface_header_sets",
        "--", "-k", "0")


def test_everything_compiles_with_clang():
    run("clang++-14", "-std=c++20", "-Iinclude", "-fsyntax-only", "-Wall", "-Wextra", "-Werror",
        "-Wno-missing-field-initializers", "tests/layout/everything_one.cpp")


def test_two_sources_that_include_everything_link():
    run("cmake", "--build", "build/release", "--target", "test_layout")


def test_the_c_header_is_c():
    run("gcc", "-std=c11", "-fsyntax-only", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-x", "c",
        "-include", "include/jiedui.h", "/dev/null")


def test_the_umbrella_holds_every_header_but_those_to_opt_in():
    reached, waiting = set(), [UMBRELLA]
    while waiting:
        path = waiting.pop()
        if not isinstance(path, str) and path not in reached:
            reached.add(path)
            waiting += includes(path)
    wanted = {path for path in public_headers() if path.suffix == ".hpp" and path.parent.name != "detail"}
    missing = wanted - reached - OPT_IN
    assert not missing, "\n".join(str(path.relative_to(ROOT)) for path in sorted(missing))


def test_the_umbrella_only_includes():
    allowed = re.compile(r"\s*(//.*)?|#pragma once|#include <jiedui/.*>|#include \"jiedui/.*\"")
    assert [line for line in UMBRELLA.read_text().splitlines() if not allowed.fullmatch(line)] == []
