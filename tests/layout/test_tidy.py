"""clang-tidy finds nothing in src. A file is looked at again only when it, or a header it
includes, has changed: build/tidy holds an empty file for each clean state."""

import hashlib
from concurrent.futures import ThreadPoolExecutor

from project import CORES, RELEASE, ROOT, files, includes, run

TIDY = "clang-tidy-14"
CLEAN = ROOT / "build" / "tidy"


def state(path):
    """A hash of the file and of all own files it includes, near and far."""
    digest = hashlib.sha256((ROOT / ".clang-tidy").read_bytes())
    seen, waiting = set(), [path]
    while waiting:
        if (here := waiting.pop()) not in seen and not isinstance(here, str):
            seen.add(here)
            waiting += includes(here)
    for here in sorted(seen):
        digest.update(str(here.relative_to(ROOT)).encode() + here.read_bytes())
    return digest.hexdigest()


def check(path):
    clean = CLEAN / state(path)
    if clean.exists():
        return ""
    try:
        run(TIDY, "-quiet", "-p", RELEASE, "--extra-arg=-Wno-unknown-warning-option", path)
    except AssertionError as found:
        return str(found)
    clean.touch()
    return ""


def test_clang_tidy_finds_nothing():
    CLEAN.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(CORES) as pool:
        found = [text for text in pool.map(check, files("src/**/*.cpp")) if text]
    assert not found, "\n".join(found)
