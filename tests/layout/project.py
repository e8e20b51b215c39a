"""Where the project's own files lie, and what includes what."""

import os
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RELEASE = ROOT / "build" / "release"
CORES = os.cpu_count() or 1
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.MULTILINE)


def files(*patterns):
    """All files of the project that match, such as 'src/**/*.cpp'."""
    return sorted(path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file())


def public_headers():
    return files("include/**/*.hpp", "include/**/*.h")


def includes(path):
    """What a file includes: paths of the project's own files, names of all others."""
    found = []
    for name in INCLUDE.findall(path.read_text()):
        tried = (folder / name for folder in (path.parent, ROOT / "include", ROOT / "src"))
        found.append(next((own.resolve() for own in tried if own.is_file()), name))
    return found


def run(*command, **options):
    """Runs a command and returns what it said; fails with that when it fails."""
    ran = subprocess.run([str(word) for word in command], cwd=ROOT, text=True, stdout=subprocess.PIPE,
                         stderr=subprocess.STDOUT, **options)
    assert ran.returncode == 0, f"{command[0]} failed:\n{ran.stdout[-8000:]}"
    return ran.stdout
