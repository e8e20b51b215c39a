"""Every code that the sources can give is explained in docs/errors.md or docs/outcomes.md."""

import re

from project import ROOT, files

WORD = re.compile(r'"([a-z0-9]+(?:_[a-z0-9]+)+)"')
CODE = re.compile(r'(?:code = |\bfail\(\s*|\bError\(\s*)"([a-z_]+)"')
EXPLAINED = re.compile(r"`([a-z0-9_]+)`")
# Words of the sources that are no codes: names of columns stand in docs/formats.md, these nowhere.
INTERNAL = set("""application_id user_version export_arrow service_records roll_up unix_milliseconds bad_rows
    pack_changes needs_without_slot network_volunteers need_ids volunteer_ids without_slot asked_by asks_for part_of
    own_organisation recorded_by seconds_served time_credits load_before load_cost pinned_need pinned_points
    pinned_volunteer before_count change_price changes_at_most before_need before_volunteer lending_at_most lending_from
    lending_to slot_cuts total_price sqlite3_sourceid clock_events over_cap""".split())


def words_of_sources():
    """Words in quotes with an underscore, as codes have; without those of the built-in catalogue."""
    for path in files("src/**/*.[ch]pp", "include/**/*.h", "include/**/*.hpp"):
        if path.name != "catalogue.cpp":
            for word in WORD.findall(path.read_text()):
                yield word, path
    for path in files("src/**/*.cpp", "bindings/python/src/*.cpp", "bindings/python/jiedui/*.py"):
        for word in CODE.findall(path.read_text()):
            yield word, path


def explained(*names):
    return {word for name in names for word in EXPLAINED.findall((ROOT / "docs" / name).read_text())}


def test_every_code_is_explained():
    pages = explained("errors.md", "outcomes.md", "ledger.md", "ledger-records.md", "hours.md", "rule-packs.md")
    formats = set(re.findall(r"[a-z0-9_]+", (ROOT / "docs" / "formats.md").read_text()))
    known = pages | formats | INTERNAL | names_of_columns()
    missing = sorted({f"{word} in {path.relative_to(ROOT)}" for word, path in words_of_sources() if word not in known})
    assert not missing, "explain in docs/errors.md:\n" + "\n".join(missing)


def names_of_columns():
    """Columns of tables that are only written: add("booked_ns", …), seconds("solve_seconds", …)."""
    named = re.compile(r'(?:\b(?:add|add_text|seconds|whole|real|texts|visit)\(\s*|\.name = )"([a-z_]+)"')
    return {word for path in files("src/**/*.cpp") for word in named.findall(path.read_text())}


def test_every_explained_code_exists():
    text = "".join(path.read_text() for path in files("src/**/*.[ch]pp", "include/**/*.h*", "bindings/python/src/*.cpp",
                                                      "bindings/python/jiedui/*.py"))
    rows = [line for line in (ROOT / "docs" / "errors.md").read_text().splitlines() if line.startswith("| `")]
    codes = {word for line in rows for word in EXPLAINED.findall(line.split("|")[1])}
    stale = sorted(code for code in codes if f'"{code}"' not in text)
    assert codes and not stale, "no source gives these codes: " + ", ".join(stale)
