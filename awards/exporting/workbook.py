"""A listing written as a workbook or as CSV, line by line.

Reads the lines once and holds none of them; what is written goes through the
spreadsheet gateway, which writes text as text.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import IO

from awards.exporting import answers
from awards.exporting.cells import columns_shown, printed, values_of
from awards.exporting.cover import (
    COVER,
    Contents,
    Facts,
    cover_of,
    marks_of,
    properties_of,
    title_lines,
)
from awards.exporting.tally import Tally
from awards.listings.base import ListColumn, ListLine
from people.spreadsheets import Cell, Column, SheetPlan
from people.spreadsheets.streaming import Body, Choices, Part, WorkbookStream
from people.spreadsheets.writing import csv_text

UNSAFE_IN_SHEET_NAME = str.maketrans("", "", "[]:*?/\\'")
SHEET_NAME_LENGTH = 31
UNNAMED = "名单"
TITLES = 2
TYPED = answers.ANSWER_COLUMNS[1:]  # on screen only: paper ends at the reference
BLANK_ANSWER: tuple[Cell, ...] = (None,) * (len(answers.ANSWER_COLUMNS) - 2)


def write_workbook(
    out: IO[bytes], facts: Facts, lines: Iterable[ListLine], tally: Tally
) -> Contents:
    """Write the workbook of a listing: cover first, then a sheet per target."""
    columns = columns_shown(facts.listing, is_masked=facts.batch.is_masked)
    printed_columns = [each.column for each in columns]
    if facts.listing.takes_answers:
        printed_columns += answers.ANSWER_COLUMNS
    names = SheetNames()
    with WorkbookStream() as stream:
        bodies: list[tuple[str, str, Body]] = []
        for target, members in groupby(lines, key=attrgetter("sheet")):
            name = names.fresh(target)
            rows = _rows(members, name, columns, facts=facts, tally=tally)
            body = stream.body(printed_columns, rows, titles=TITLES)
            bodies.append((target, name, body))
        contents = tally.contents()
        stream.save(
            out,
            [
                _part(facts, printed_columns, each, contents.sheets.get(each[1], 0))
                for each in bodies
            ],
            cover=cover_of(facts, contents),
            properties=properties_of(facts, contents.rows_digest),
            marks=marks_of(facts),
        )
    return contents


def write_csv(
    out: IO[bytes], facts: Facts, lines: Iterable[ListLine], tally: Tally
) -> Contents:
    """Write the lines of a listing as CSV, the name of their sheet in front."""
    columns = columns_shown(facts.listing, is_masked=facts.batch.is_masked)
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(["名单", *(csv_text(each.column.heading) for each in columns)])
    names = SheetNames()
    for target, members in groupby(lines, key=attrgetter("sheet")):
        name = names.fresh(target)
        for line in members:
            values, texts = _told(line, name, columns, facts=facts, tally=tally)
            tally.see(line, name, texts)
            writer.writerow([csv_text(value) for value in (name, *values)])
    text.detach()
    return tally.contents()


class SheetNames:
    """Names that a workbook accepts for its sheets, none given twice."""

    def __init__(self) -> None:
        self._given = {COVER.casefold(), "history"}

    def fresh(self, target: str) -> str:
        """Return a name for the sheet of a target."""
        plain = printed(target, Column("", "")).translate(UNSAFE_IN_SHEET_NAME)
        plain = plain.replace("\n", " ").strip() or UNNAMED
        name, count = plain[:SHEET_NAME_LENGTH], 1
        while name.casefold() in self._given:
            count += 1
            tail = f"({count})"
            name = plain[: SHEET_NAME_LENGTH - len(tail)] + tail
        self._given.add(name.casefold())
        return name


def _part(
    facts: Facts, columns: Sequence[Column], written: tuple[str, str, Body], lines: int
) -> Part:
    target, name, body = written
    asks = facts.listing.takes_answers
    plan = SheetPlan(
        name,
        columns,
        (),
        title_lines=title_lines(facts, target or name, lines),
        closing_lines=(
            *facts.listing.closing_lines,
            *((answers.EXPLAINED,) if asks else ()),
        ),
        paper=facts.listing.paper,
        is_landscape=facts.listing.is_landscape,
        printed=len(columns) - len(TYPED) if asks else None,
    )
    choices = (Choices(answers.VERDICT, answers.VERDICTS),) if asks else ()
    return Part(plan, body, choices)


def _rows(
    lines: Iterable[ListLine],
    sheet: str,
    columns: Sequence[ListColumn],
    *,
    facts: Facts,
    tally: Tally,
) -> Iterator[Sequence[Cell]]:
    for line in lines:
        values, texts = _told(line, sheet, columns, facts=facts, tally=tally)
        tally.see(line, sheet, texts)
        if facts.listing.takes_answers:
            values += tally.check(line, sheet, texts)
            values += BLANK_ANSWER
        yield values


def _told(
    line: ListLine,
    sheet: str,
    columns: Sequence[ListColumn],
    *,
    facts: Facts,
    tally: Tally,
) -> tuple[list[Cell], list[str]]:
    """The values of a line and the texts that are printed of them."""
    position = tally.sheets.get(sheet, 0) + 1
    masked = facts.batch.is_masked
    values = values_of(line, columns, position=position, is_masked=masked)
    texts = [
        printed(value, each.column) for value, each in zip(values, columns, strict=True)
    ]
    return values, texts
