"""Includes point one way between the rooms of the house, and dependencies stay in their room."""

import re

from project import ROOT, files, includes

BELOW = {  # what each room may include beside itself
    "base": set(),
    "network": {"base"},
    "pairing/solver": {"base"},
    "pairing": {"base", "network", "pairing/solver"},
    "service": {"base", "network", "pairing/solver", "pairing"},
    "ledger": {"base"},
}
BELOW["hours"] = set(BELOW)
BELOW["store"] = BELOW["wire"] = set(BELOW)
ANYWHERE = {"c_api", "umbrella"}  # on top of all rooms

HOME = {  # the only room that may include a dependency; its headers never do
    "sqlite3": "store", "SQLiteCpp": "store", "capnp": "wire", "kj": "wire", "csv.h": "wire",
}
SOURCES = files("include/**/*.h*", "src/**/*.hpp", "src/**/*.cpp")


def room(path):
    words = path.relative_to(ROOT / path.relative_to(ROOT).parts[0]).parts
    if words[0] == "jiedui":
        words = words[1:]
    if words[0] == "pairing" and words[1] == "solver":
        return "pairing/solver"
    return words[0] if words[0] in BELOW or words[0] in ANYWHERE else "umbrella"


def own_includes():
    return [(path, name) for path in SOURCES for name in includes(path) if not isinstance(name, str)]


def other_includes():
    return [(path, name) for path in SOURCES for name in includes(path) if isinstance(name, str)]


def test_includes_point_one_way():
    wrong = [f"{path.relative_to(ROOT)} may not include {included.relative_to(ROOT)}"
             for path, included in own_includes()
             if room(path) not in ANYWHERE and room(included) not in BELOW[room(path)] | {room(path)}]
    assert not wrong, "\n".join(wrong)


def test_dependencies_stay_in_their_room():
    wrong = []
    for path, included in other_includes():
        home = HOME.get(included.split("/")[0], HOME.get(included.removesuffix(".h")))
        if home not in (None, room(path)):
            wrong.append(f"{path.relative_to(ROOT)} includes {included}, which is for {home} only")
    assert not wrong, "\n".join(wrong)


def test_public_headers_include_no_dependency():
    wrong = []
    for path, included in other_includes():
        standard = re.fullmatch(r"\w+(\.h)?", included)
        opted_in = ((path.name == "boost.hpp" and included.startswith("boost/"))
                    or (path.name == "attestation_verifier.hpp" and included == "sodium.h"))
        if path.is_relative_to(ROOT / "include") and not standard and not opted_in:
            wrong.append(f"{path.relative_to(ROOT)} includes {included}")
    assert not wrong, "\n".join(wrong)
