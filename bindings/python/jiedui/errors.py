"""The exceptions of jiedui. The C++ code raises them; docs/errors.md lists their codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._core import Table


class Error(Exception):
    """Bad input from the caller, or a broken disk or file.

    `code` is stable and listed in docs/errors.md; `place` names row and column or an id, never a
    person; `allowed` is the allowed range and `way_out` what can be done, where there is one.
    """

    def __init__(self, code: str, place: str, message: str, allowed: str = "", way_out: str = "") -> None:
        super().__init__(code, place, message, allowed, way_out)
        self.code = code
        self.place = place
        self.message = message
        self.allowed = allowed
        self.way_out = way_out

    def __str__(self) -> str:
        text = f"[{self.code}] {self.place}: {self.message}"
        if self.allowed:
            text += f"; allowed: {self.allowed}"
        if self.way_out:
            text += f"; way out: {self.way_out}"
        return text


class InputError(Error):
    """Input in which problems were found; all of them were looked for, at most 1,000 are listed.

    `problems` is a table with the columns table, row, column, code, allowed; `problem_count` counts
    the unlisted ones too.
    """

    def __init__(
        self,
        code: str,
        place: str,
        message: str,
        allowed: str,
        way_out: str,
        problems: Table,
        problem_count: int,
    ) -> None:
        super().__init__(code, place, message, allowed, way_out)
        self.args = (code, place, message, allowed, way_out, problems, problem_count)
        self.problems = problems
        self.problem_count = problem_count


class InternalError(Exception):
    """A bug of jiedui: a broken invariant. The object that raised it must not be used any more."""
