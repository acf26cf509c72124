"""The one door for spreadsheets, reading and writing; nobody else opens a workbook.

Reading gives plain values and refuses what is dangerous before it is parsed
(``safety``, ``reading``, ``child``).  Writing makes workbooks and CSV files whose text
can never run as a formula (``writing``).  Knows nothing of the database or of what the
cells mean.
"""

from people.spreadsheets.cells import (
    Cell,
    Sheet,
    Workbook,
    as_date,
    as_decimal,
    as_integer,
    as_text,
    clean_decimal,
    column_letter,
    fold,
)
from people.spreadsheets.problems import (
    ERROR,
    WARNING,
    Problem,
    SpreadsheetRefused,
    has_errors,
)
from people.spreadsheets.reading import OWN_LISTS, Limits, read_workbook
from people.spreadsheets.tables import Field, Row, Table, read_table
from people.spreadsheets.writing import (
    Column,
    Cover,
    Grid,
    Properties,
    SheetPlan,
    template_workbook,
    write_csv,
    write_workbook,
)

__all__ = [
    "ERROR",
    "OWN_LISTS",
    "WARNING",
    "Cell",
    "Column",
    "Cover",
    "Field",
    "Grid",
    "Limits",
    "Problem",
    "Properties",
    "Row",
    "Sheet",
    "SheetPlan",
    "SpreadsheetRefused",
    "Table",
    "Workbook",
    "as_date",
    "as_decimal",
    "as_integer",
    "as_text",
    "clean_decimal",
    "column_letter",
    "fold",
    "has_errors",
    "read_table",
    "read_workbook",
    "template_workbook",
    "write_csv",
    "write_workbook",
]
