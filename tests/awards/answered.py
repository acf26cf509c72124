"""A promotion roster that was really exported and filed, and is filled in like Excel."""

import io
from datetime import date

from openpyxl import load_workbook

from awards.actions.entitlements import file_entitlements
from awards.actions.exports import Order, opened, start_export
from awards.enums import EntitlementState, ExportState
from tests.awards import desk

FILED_ON = date(2026, 11, 10)
ANSWERED_ON = date(2026, 11, 18)
PAPER = "川人社函〔2026〕88 号"
NAMES = ("王铁生", "李梅", "赵刚")
VERDICT, DOCUMENT, DAY, REASON = "答复(核准/不予核准)", "批复文件", "答复日期", "理由"


def make_filed(officer, bureau, names=NAMES, *, files=True):
    """Entitlements of winners, filed with the authority, and the roster of them."""
    people = [desk.make_person(name, n) for n, name in enumerate(names, 1)]
    release, skill, entries = desk.make_final(people)
    rows = [
        desk.make_entitlement(
            desk.make_decision(release, skill, entry, person),
            state=EntitlementState.MATERIAL_COMPLETE,
        )
        for entry, person in zip(entries, people, strict=True)
    ]
    if files:
        file_entitlements(
            rows,
            authority="四川省人力资源和社会保障厅",
            document="成人社报〔2026〕3 号",
            filed_on=FILED_ON,
            by=officer,
            at=desk.AT,
        )
    return rows, make_roster(officer, bureau)


def make_roster(officer, bureau):
    order = Order("promotion-roster", bureau, "报省厅核准")
    batch = start_export(order, by=officer, at=desk.AT)
    batch.refresh_from_db()
    assert batch.state == ExportState.READY, batch.error
    return batch


class Paper:
    """The exported workbook, open in a spreadsheet program."""

    def __init__(self, batch):
        self.book = load_workbook(io.BytesIO(opened(batch)))
        self.sheet = self.book.worksheets[1]

    @property
    def head(self):
        """The heading row's number."""
        return next(r[0].row for r in self.sheet.iter_rows() if self._is_head(r))

    @staticmethod
    def _is_head(row):
        return any(cell.value == "办理编号" for cell in row)

    @property
    def columns(self):
        """Column numbers by heading."""
        return {c.value: c.column for c in self.sheet[self.head] if c.value}

    def row_of(self, entitlement):
        """The row of an entitlement."""
        column = self.columns["办理编号"]
        wanted = f"R-{entitlement.pk}"
        cells = (
            self.sheet.cell(row, column) for row in range(1, self.sheet.max_row + 1)
        )
        return next(cell.row for cell in cells if cell.value == wanted)

    def put(self, entitlement, heading, value):
        """Write a cell of an entitlement's line."""
        place = (self.row_of(entitlement), self.columns[heading])
        self.sheet.cell(*place).value = value

    def answer(
        self, entitlement, verdict="核准", document=PAPER, day=ANSWERED_ON, why=""
    ):
        """Fill the four columns in."""
        told = {VERDICT: verdict, DOCUMENT: document, DAY: day, REASON: why or None}
        for heading, value in told.items():
            self.put(entitlement, heading, value)

    @property
    def content(self):
        """The file as it is saved."""
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()
