"""One sheet of an answered list, held against the sheet that was sent.

Lines are found by their reference in any order; everything but the answers must be as it
was sent.  While the sent file is kept cells are compared, afterwards the row checks.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from awards.answering.values import (
    ANSWERED_ON,
    ANSWERS,
    CHECK,
    DOCUMENT,
    LONGEST,
    REASON,
    REFERENCE,
    REMEDY,
    REMEDY_EN,
    VERDICT,
    VERDICTS,
    AnswerRow,
    AnswersReading,
    Papers,
    Sent,
    say,
)
from awards.core.row_check import entitlement_of, row_check
from people.spreadsheets import Cell, Sheet, as_date, as_text, column_letter


@dataclass(slots=True)
class SheetReader:
    """Reads one sheet of the list."""

    sheet: Sheet
    kept: Sheet | None
    papers: Papers
    reading: AnswersReading
    columns: dict[str, int] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)

    def read(self) -> None:
        head = heading_of(self.sheet)
        if head is None or not self._are_headings(self.sheet.rows[head], head):
            self.reading.unread.add(self.sheet.name)
            if head is None:
                self._wrong(
                    None, "", "heading-missing",
                    f"找不到有“{REFERENCE}”和“{CHECK}”的表头。{REMEDY}",
                    f"the heading row is missing: {REMEDY_EN}",
                )  # fmt: skip
            return
        before, others, sent = self._as_sent()
        above = [texts_of(row) for row in self.sheet.rows[:head] if texts_of(row)]
        if self.kept is not None and above != before:
            self._wrong(
                1, "A", "title-changed", f"表头上方的文字与导出时不同。{REMEDY}",
                f"the lines above the headings were changed: {REMEDY_EN}",
            )  # fmt: skip
        for number, row in enumerate(self.sheet.rows[head + 1 :], start=head + 2):
            if any(row):
                self._row(number, row, others, sent)
        for texts in others.elements():
            self._wrong(
                None, "", "row-deleted",
                f"“{clip('、'.join(filter(None, texts)))}”这一行不在文件中。{REMEDY}",
                f"a line of the list is gone: {REMEDY_EN}",
            )  # fmt: skip

    def _are_headings(self, row: Sequence[Cell], head: int) -> bool:
        """Whether every heading stands where it was sent; what does not is named."""
        found, asked = list(texts_of(row)), list(self._headings())
        self.columns = {heading: place for place, heading in enumerate(asked)}
        self.letters = {name: column_letter(at) for name, at in self.columns.items()}
        if found == asked:
            return True
        for place, heading in enumerate(asked):
            if heading not in found:
                self._wrong(
                    head + 1, column_letter(place), "column-missing",
                    f"缺少列“{heading}”，或列名已改。{REMEDY}",
                    f"column “{heading}” is missing or renamed: {REMEDY_EN}",
                )  # fmt: skip
            elif found[place : place + 1] != [heading]:
                at = column_letter(found.index(heading))
                self._wrong(
                    head + 1, at, "column-moved",
                    f"列“{heading}”应在 {column_letter(place)} 列，现在 {at} 列。{REMEDY}",
                    f"column “{heading}” was moved: {REMEDY_EN}",
                )  # fmt: skip
        for place, heading in enumerate(found):
            if heading and (heading not in asked or heading in found[:place]):
                self._wrong(
                    head + 1, column_letter(place), "column-added",
                    f"多出列“{clip(heading)}”。{REMEDY}",
                    f"this column was not exported: {REMEDY_EN}",
                )  # fmt: skip
        return False

    def _headings(self) -> Sequence[str]:
        head = None if self.kept is None else heading_of(self.kept)
        if self.kept is None or head is None:
            return self.papers.headings
        return texts_of(self.kept.rows[head])

    def _as_sent(
        self,
    ) -> tuple[
        list[tuple[str, ...]], Counter[tuple[str, ...]], dict[int, Sequence[Cell]]
    ]:
        """The kept sheet: lines above the headings, lines of nobody, lines by number."""
        head = None if self.kept is None else heading_of(self.kept)
        if self.kept is None or head is None:
            return [], Counter(), {}
        above = [texts_of(row) for row in self.kept.rows[:head] if texts_of(row)]
        others: Counter[tuple[str, ...]] = Counter()
        sent: dict[int, Sequence[Cell]] = {}
        for row in self.kept.rows[head + 1 :]:
            entitlement = self._entitlement(row)
            if entitlement is not None:
                sent[entitlement] = row
            elif texts := texts_of(row):
                others[texts] += 1
        return above, others, sent

    def _row(
        self,
        number: int,
        cells: Sequence[Cell],
        others: Counter[tuple[str, ...]],
        sent: Mapping[int, Sequence[Cell]],
    ) -> None:
        entitlement = self._entitlement(cells)
        if entitlement is None:
            self._of_nobody(number, texts_of(cells), others)
            return
        row = AnswerRow(self.sheet.name, number, entitlement, letters=self.letters)
        self.reading.rows.append(row)
        line = self.papers.lines.get(entitlement)
        if line is None or line.sheet != self.sheet.name:
            row.wrong(
                REFERENCE, "not-of-this-list", f"不是这张表导出的行。{REMEDY}",
                "this line was not exported on this sheet.",
            )  # fmt: skip
            return
        self._compare(row, cells, line, sent.get(entitlement))
        self._answer(row, cells)

    def _of_nobody(
        self, number: int, texts: tuple[str, ...], others: Counter[tuple[str, ...]]
    ) -> None:
        """A line without a reference: a sum or a closing line as sent, or a fault."""
        if others[texts] > 0:
            others[texts] -= 1
        elif not texts:
            return
        elif self.kept is not None or any(self._at(texts, name) for name in ANSWERS):
            self._wrong(
                number, self.letters[REFERENCE], "no-reference",
                f"这一行没有办理编号，不是导出的行，或已被改动。{REMEDY}",
                f"this line has no reference of ours: {REMEDY_EN}",
            )  # fmt: skip

    def _compare(
        self,
        row: AnswerRow,
        cells: Sequence[Cell],
        line: Sent,
        kept: Sequence[Cell] | None,
    ) -> None:
        """Name the cells that are not as they were sent; the answers are free."""
        part, width = self.columns[CHECK] + 1, len(self.columns)
        if kept is not None and len(cells) <= width and _same(cells, kept, part):
            return
        changed, texts = [], texts_of(cells)
        if kept is not None:
            sent = texts_of(kept)
            for heading, place in self.columns.items():
                if heading not in ANSWERS and nth(texts, place) != nth(sent, place):
                    changed.append(heading)
        else:
            own = [nth(texts, place) for place in range(self.columns[REFERENCE])]
            if self._at(texts, CHECK) != line.check:
                changed.append(CHECK)
            elif row_check(self.papers.number, row.reference, own) != line.check:
                row.wrong(
                    CHECK, "changed", f"这一行的内容与导出时不同。{REMEDY}",
                    f"this line is not as it was exported: {REMEDY_EN}",
                )  # fmt: skip
        if changed:
            row.wrong(
                changed[0], "changed",
                f"“{'”“'.join(changed)}”与导出时不同。{REMEDY}",
                f"these cells are not as they were exported: {REMEDY_EN}",
            )  # fmt: skip
        beyond = [
            place for place in range(len(self.columns), len(texts)) if texts[place]
        ]
        if beyond:
            row.wrong(
                "", "outside", f"表格以外的 {column_letter(beyond[0])} 列有内容。{REMEDY}",
                f"there is something beside the table: {REMEDY_EN}",
            )  # fmt: skip

    def _answer(self, row: AnswerRow, cells: Sequence[Cell]) -> None:
        given = {
            name: cells[self.columns[name]] if self.columns[name] < len(cells) else None
            for name in ANSWERS
        }
        verdict = as_text(given[VERDICT])
        row.document, row.reason = as_text(given[DOCUMENT]), as_text(given[REASON])
        row.verdict = VERDICTS.get(verdict, "")
        if verdict and not row.verdict:
            row.wrong(
                VERDICT, "unknown-verdict",
                f"答复“{clip(verdict)}”应为 核准 或 不予核准。",
                "the answer is 核准 (granted) or 不予核准 (refused).",
            )  # fmt: skip
        elif not verdict and any(as_text(cell) for cell in given.values()):
            row.wrong(
                VERDICT, "verdict-missing", "填了文件、日期或理由，但没有填答复。",
                "a paper, date or reason is given, but no answer.",
            )  # fmt: skip
        for name, text in ((DOCUMENT, row.document), (REASON, row.reason)):
            if len(text) > LONGEST[name]:
                row.wrong(
                    name, "too-long", f"{name}有 {len(text)} 个字，最多 {LONGEST[name]} 个。",
                    f"at most {LONGEST[name]} characters.",
                )  # fmt: skip
        day = as_text(given[ANSWERED_ON])
        row.answered_on = as_date(given[ANSWERED_ON])
        if day and row.answered_on is None:
            row.wrong(
                ANSWERED_ON, "date-unknown",
                f"“{clip(day)}”不是日期，请写成 2026-11-20。",
                "this is not a date such as 2026-11-20.",
            )  # fmt: skip
        if row.verdict:
            self._complete(row, day)

    def _complete(self, row: AnswerRow, day: str) -> None:
        """An answer names its paper and its day; a refusal also says why."""
        if not row.document:
            row.wrong(
                DOCUMENT, "paper-missing", "没有填批复文件的名称和文号。",
                "the authority's paper is missing.",
            )  # fmt: skip
        if not day:
            row.wrong(
                ANSWERED_ON, "date-missing", "没有填答复日期。",
                "the day of the answer is missing.",
            )  # fmt: skip
        if row.verdict == "refused" and not row.reason:
            row.wrong(
                REASON, "reason-missing", "不予核准要写明理由。",
                "a refusal needs its reason.",
            )  # fmt: skip

    def _entitlement(self, cells: Sequence[Cell]) -> int | None:
        place = self.columns[REFERENCE]
        return entitlement_of(as_text(cells[place])) if place < len(cells) else None

    def _at(self, texts: Sequence[str], heading: str) -> str:
        return nth(texts, self.columns[heading])

    def _wrong(
        self, row: int | None, column: str, code: str, chinese: str, english: str
    ) -> None:
        say(self.reading, self.sheet.name, row, column, code, chinese, english)


def _same(found: Sequence[Cell], sent: Sequence[Cell], part: int) -> bool:
    """Whether two rows begin with the very same cells, so that no text need be read."""
    pairs = zip_longest(found[:part], sent[:part])
    return all(type(one) is type(two) and one == two for one, two in pairs)


def heading_of(sheet: Sheet) -> int | None:
    """The row that names both columns of ours; None if there is none."""
    for index, row in enumerate(sheet.rows):
        if {REFERENCE, CHECK} <= set(texts_of(row)):
            return index
    return None


def texts_of(row: Iterable[Cell]) -> tuple[str, ...]:
    """The printed texts of a row, empty cells at its end left out."""
    texts = [as_text(cell) for cell in row]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)


def nth(texts: Sequence[str], place: int) -> str:
    """The text at a place, "" beyond the end."""
    return texts[place] if place < len(texts) else ""


def clip(text: str) -> str:
    """A text short enough for a message."""
    return text if len(text) <= 60 else f"{text[:60]}…"
