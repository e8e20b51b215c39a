"""clang-tidy finds nothing in src. A file is looked at again only when it, or a header it
includes, has changed: the cache folder holds an empty file for each clean state, for all clones."""

import hashlib
import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from project import CORES, RELEASE, ROOT, files, includes

TIDY = "clang-tidy-14"
CLEAN = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "jiedui" / "tidy"


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
        return []
    ran = subprocess.run([TIDY, "-quiet", "-p", RELEASE, "--extra-arg=-Wno-unknown-warning-option", path],
                         capture_output=True, text=True)
    if ran.returncode == 0:
        clean.touch()
        return []
    return re.findall(rf"^{ROOT}/(.*error: .*)$", ran.stdout, re.MULTILINE) or [ran.stdout + ran.stderr]


def test_clang_tidy_finds_nothing():
    CLEAN.mkdir(parents=True, exist_ok=True)
    longest_first = sorted(files("src/**/*.cpp"), key=lambda path: -path.stat().st_size)
    with ThreadPoolExecutor(CORES) as pool:
        found = {line for lines in pool.map(check, longest_first) for line in lines}
    assert not found, "\n".join(sorted(found))
