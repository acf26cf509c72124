"""Every row of the reference table of rules stands in exactly one document."""

import os
import re
from collections import defaultdict
from pathlib import Path

import pytest

from awards import shelf

ROOT = Path(__file__).resolve().parents[2]
ROW = re.compile(r"^\| ([A-Z]{2,3}-\d+) \|", re.MULTILINE)
KINDS = ("rules", "prizes", "entries", "constraints")

# What carries each row: rules, prizes, entry conditions or constraints.
CARRIED = {
    "NAT-1": ("prizes",),
    "NAT-2": ("prizes",),
    "NAT-3": ("rules",),
    "NAT-4": ("rules",),
    "NAT-5": ("constraints",),
    "NAT-6": ("rules",),
    "NAT-7": ("rules",),
    "NAT-8": ("rules",),
    "NAT-9": ("rules",),
    "NAT-10": ("entries",),
    "NAT-11": ("rules",),
    "NAT-12": ("rules",),
    "NAT-13": ("rules",),
    "NAT-14": ("rules",),
    "NAT-15": ("rules",),
    "NAT-16": ("rules",),
    "NAT-17": ("constraints",),
    "NAT-18": ("rules",),
    "NAT-19": ("rules",),
    "NAT-20": ("prizes",),
    "NAT-21": ("rules",),
    "NAT-22": ("rules",),
    "NAT-23": ("rules",),
    "NAT-24": ("entries", "prizes", "rules"),
    "NAT-25": ("rules",),
    "NAT-26": ("rules",),
    "SX-1": ("rules",),
    "SX-2": ("rules",),
    "SX-3": ("prizes", "rules"),
    "SX-4": ("prizes", "rules"),
    "SX-5": ("constraints",),
    "SX-6": ("entries",),
    "SX-7": ("prizes", "rules"),
    "SC-1": ("rules",),
    "SC-2": ("prizes", "rules"),
    "SC-3": ("rules",),
    "SC-4": ("rules",),
    "SC-5": ("rules",),
    "SC-6": ("rules",),
    "GD-1": ("constraints", "rules"),
    "GD-2": ("rules",),
    "GD-3": ("prizes",),
    "GD-4": ("prizes",),
    "GD-5": ("rules",),
    "GD-6": ("rules",),
    "GD-7": ("rules",),
    "XJ-1": ("rules",),
    "XJ-2": ("rules",),
    "XJ-3": ("rules",),
    "XJ-4": ("rules",),
    "SD-1": ("rules",),
    "SD-2": ("rules",),
    "SD-3": ("rules",),
    "SD-4": ("rules",),
    "SD-5": ("constraints",),
    "SD-6": ("constraints", "rules"),
    "SD-7": ("rules",),
    "SD-8": ("rules",),
    "ZJ-1": ("rules",),
    "ZJ-2": ("rules",),
    "ZJ-3": ("rules",),
    "ZJ-4": ("rules",),
    "JS-1": ("rules",),
    "JS-2": ("rules",),
    "JS-3": ("rules",),
    "CQ-1": ("rules",),
    "CQ-2": ("rules",),
    "CQ-3": ("rules",),
    "CQ-4": ("prizes", "rules"),
    "TJ-1": ("rules",),
    "TJ-2": ("rules",),
    "TJ-3": ("rules",),
    "TJ-4": ("rules",),
    "TJ-5": ("constraints",),
    "HL-1": ("rules",),
    "HL-2": ("rules",),
    "HL-3": ("prizes", "rules"),
    "HN-1": ("rules",),
    "HI-1": ("constraints", "prizes", "rules"),
    "GZ-1": ("prizes", "rules"),
    "GX-1": ("rules",),
    "HB-1": ("rules",),
    "FJ-1": ("rules",),
}


def _rows():
    data = Path(os.environ.get("LEITAI_REAL_DATA", ROOT / "../shared/data"))
    page = data.resolve().parent / "reference/china-rules.md"
    if not page.exists():
        if os.environ.get("CI"):
            pytest.fail(f"{page} is not here")
        pytest.skip("the reference table is not here")
    return ROW.findall(page.read_text(encoding="utf-8"))


def _carriers():
    """By row, the documents and kinds of the things whose id begins with the row's."""
    found = defaultdict(set)
    for book in shelf.rulebooks():
        for kind in KINDS:
            for item in getattr(book, kind):
                row = re.match(r"[A-Z]{2,3}-\d+(?=-|$)", item.id)
                if row is not None:
                    found[row[0]].add((book.document.id, kind))
    return found


def test_the_reference_table_has_83_rows():
    rows = _rows()

    assert (len(rows), len(set(rows))) == (83, 83)


def test_every_row_is_carried_by_one_document():
    carriers = _carriers()
    documents = {row: {name for name, _kind in carriers[row]} for row in _rows()}

    assert {row: found for row, found in documents.items() if len(found) != 1} == {}


def test_every_row_is_carried_by_what_it_is():
    carriers = _carriers()
    kinds = {
        row: tuple(sorted({kind for _document, kind in carriers[row]}))
        for row in _rows()
    }

    assert kinds == CARRIED
