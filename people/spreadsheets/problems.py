"""What can be wrong with a file, named so that its author can put it right.

A problem names sheet, row and column and says in Chinese and English what to do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

ERROR = "error"
WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding; ``row`` is 1-based, ``column`` a letter, both empty for the file."""

    severity: str
    sheet: str
    row: int | None
    column: str
    code: str
    message: str

    def as_dict(self) -> dict[str, object]:
        """Return the finding as the JSON of the import commands writes it."""
        return asdict(self)


def has_errors(problems: Iterable[Problem]) -> bool:
    """Return whether anything found forbids the import."""
    return any(problem.severity == ERROR for problem in problems)


class SpreadsheetRefused(Exception):  # noqa: N818 - a refusal, not a fault of ours
    """A file that is not opened at all; ``problem`` says why and what to do."""

    def __init__(self, code: str, message: str, *, sheet: str = "") -> None:
        self.problem = Problem(ERROR, sheet, None, "", code, message)
        self.code = code
        super().__init__(message)
