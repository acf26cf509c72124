"""The background rows of grades and professional titles."""

from people.core.equivalences import BACKGROUND, Ladder
from people.core.grades import Grade


def test_background_rows_are_the_reference_tables_and_no_more():
    assert [(row.grade, row.ladder, row.counts_as) for row in BACKGROUND] == [
        (Grade.SENIOR, Ladder.PROFESSIONAL_TITLE, "助理级"),
        (Grade.TECHNICIAN, Ladder.PROFESSIONAL_TITLE, "中级"),
        (Grade.SENIOR_TECHNICIAN, Ladder.PROFESSIONAL_TITLE, "副高级"),
    ]
