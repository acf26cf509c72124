"""Marking-scheme workbooks, read into a core scheme and written back.

Every CIS layout found in use since before 2015 is read, and the project's own layout
for what CIS cannot say.  Findings name sheet, row and column in Chinese and English.
Nothing here touches the database.
"""

from scoring.workbooks.reading import Counts, SchemeReading, read_scheme
from scoring.workbooks.template import scheme_template
from scoring.workbooks.writing import cis_workbook

__all__ = [
    "Counts",
    "SchemeReading",
    "cis_workbook",
    "read_scheme",
    "scheme_template",
]
