"""What a grade is commonly held to match: professional titles and education.

Only the rows no document prescribes are here, and they are marked as background: they
explain, they never entitle.  What documents say is cited from the documents.
"""

from dataclasses import dataclass
from enum import StrEnum

from people.core.grades import Grade


class Ladder(StrEnum):
    """The ladder on the other side of a grade."""

    PROFESSIONAL_TITLE = "professional-title"
    EDUCATION = "education"


@dataclass(frozen=True, slots=True)
class Match:
    """One row: a grade, the other ladder and the rung there."""

    grade: Grade
    ladder: Ladder
    counts_as: str


BACKGROUND = (
    Match(Grade.SENIOR, Ladder.PROFESSIONAL_TITLE, "助理级"),
    Match(Grade.TECHNICIAN, Ladder.PROFESSIONAL_TITLE, "中级"),
    Match(Grade.SENIOR_TECHNICIAN, Ladder.PROFESSIONAL_TITLE, "副高级"),
)
