"""libjiedui.so exports its own names and no type of a dependency."""

import re

from project import RELEASE, run

OWN = re.compile(r"((typeinfo (name )?|vtable |VTT |.*thunk )(for|to) )?jiedui::|jiedui_\w+$")
PRIVATE = re.compile(r"\b(sqlite3?_?|SQLite|capnp|kj|boost|nlohmann|date)::|\bsqlite3\b")


def exported():
    listing = run("nm", "-DC", "--defined-only", RELEASE / "libjiedui.so")
    return [line.split(maxsplit=2)[2] for line in listing.splitlines()]


def test_only_own_names_are_exported():
    foreign = [name for name in exported() if not OWN.match(name)]
    assert exported() and not foreign, "\n".join(foreign)


def test_no_dependency_in_the_interface():
    leaks = [name for name in exported() if PRIVATE.search(name)]
    assert not leaks, "\n".join(leaks)


def test_nothing_prints_aborts_or_exits():
    asked = run("nm", "-DC", "--undefined-only", RELEASE / "libjiedui.so")
    found = re.findall(r"\b(abort|exit|_exit|printf|puts|std::cout|std::cerr|std::clog)\b(?!::)", asked)
    assert not found
