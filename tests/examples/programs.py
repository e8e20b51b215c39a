"""What the tests of the examples share: where things are, and how a program is run."""

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RELEASE = ROOT / "build" / "release"


def run(*command, expected=0, cwd=ROOT, **environment):
    """Runs a program that must end with the expected code; what it said, and what it complained of."""
    ran = subprocess.run([str(word) for word in command], cwd=cwd, text=True, capture_output=True,
                         env=os.environ | environment)
    assert ran.returncode == expected, f"{command} ended with {ran.returncode}:\n{ran.stdout}\n{ran.stderr}"
    return ran.stdout, ran.stderr
