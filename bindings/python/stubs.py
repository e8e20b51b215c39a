"""Writes the stub of jiedui._core: `stubs.py [FOLDER]`, by default into the package.

pybind11-stubgen reads the built module, which must be importable. The result is formatted and
ordered by that tool alone, so that it can be compared word for word.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent / "jiedui"


def generate() -> str:
    """The text of the stub."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pybind11_stubgen", "jiedui._core", "--exit-code", "-o", folder]
        said = subprocess.run(command, capture_output=True, text=True)
        if said.returncode:
            sys.exit(said.stderr)
        text = (Path(folder) / "jiedui" / "_core.pyi").read_text(encoding="utf-8")
    text = re.sub(r"__version__: str = .*", "__version__: str", text)
    text = re.sub(r": list = \['", ": list[str] = ['", text)
    text = re.sub(r"(?m)^    @classmethod\n    def __new__\(cls, value\):\n        \.\.\.\n", "", text)
    return re.sub(r"(?m)^(    +\w+): typing\.ClassVar\[(\w|\.)+\]$", r"\1 = ...", text)  # members of enumerations


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else PACKAGE
    (folder / "_core.pyi").write_text(generate(), encoding="utf-8")


if __name__ == "__main__":
    main()
