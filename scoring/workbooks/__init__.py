"""Marking-scheme workbooks in the CIS layout, read into a core scheme.

Every layout found in use since before 2015 is read: the heading row is recognised by
its type legend, columns by their labels.  Findings name sheet, row and column in
Chinese and English.  Nothing here touches the database.
"""

from scoring.workbooks.reading import Counts, SchemeReading, read_scheme

__all__ = ["Counts", "SchemeReading", "read_scheme"]
