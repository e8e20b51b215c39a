"""Writes _core.pyi, the types of jiedui._core (PEP 484): `stubs.py [FOLDER]`, by default into the package.

pybind11-stubgen reads the built module, which must be importable.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent / "jiedui"


def generate() -> str:
    """The text of _core.pyi."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pybind11_stubgen", "jiedui._core", "--exit-code", "-o", folder]
        said = subprocess.run(command, capture_output=True, text=True)
        if said.returncode:
            sys.exit(said.stderr)
        text = (Path(folder) / "jiedui" / "_core.pyi").read_text(encoding="utf-8")
    return mended(text)


def mended(text: str) -> str:
    """What the generator does not know: members of enumerations, values without a hash, imports."""
    text = re.sub(r"__version__: str = .*", "__version__: str", text)
    text = re.sub(r"(?m)^( +)@classmethod\n +def __new__\(cls, value\):\n +\.\.\.\n", "", text)
    text = re.sub(r"(?m)^( +\w+): typing\.ClassVar\[(\w|\.)+\]$", r"\1 = ...", text)
    text = text.replace("typing.ClassVar[None] = None", "typing.ClassVar[None]  # type: ignore[assignment]")
    text = re.sub(r": list = \['", ": list[str] = ['", text)
    text = re.sub(r": tuple\)|-> tuple:", lambda found: found[0].replace("tuple", "tuple[typing.Any, ...]"), text)
    text = re.sub(r"\bos\.PathLike\b(?!\[)", "os.PathLike[str]", text)
    return text.replace("import typing_extensions\n", "import typing_extensions\nimport uuid\n")


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else PACKAGE
    (folder / "_core.pyi").write_text(generate(), encoding="utf-8")


if __name__ == "__main__":
    main()
