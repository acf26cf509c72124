"""The figures of a periodic report as a workbook: as frozen, as counted today."""

from collections.abc import Iterable, Iterator

from awards.listings.base import Listing, ListLine, ListOption, Selection
from awards.listings.cells import NUMBER, shown
from awards.listings.reading import chosen_id
from awards.models import PeriodicReport
from awards.queries.reports import Compared, compared, figures_of, period_of_report

COLUMNS = (
    NUMBER,
    shown("section", "部分", 18),
    shown("label", "项目", 36, wraps=True),
    shown("frozen", "定稿数", 16),
    shown("today", "制表时重算数", 16),
    shown("difference", "差", 16),
)


def reports_on(selection: Selection) -> Iterable[tuple[str, str]]:
    """Return the bureau's reports, newest first, as (id, period)."""
    rows = selection.bureau.periodic_reports.order_by("-ends_on", "starts_on", "pk")
    return [(str(row.pk), period_of_report(row).label) for row in rows]


def report_on(selection: Selection) -> PeriodicReport | None:
    """Return the report that was chosen, one of the bureau's own."""
    chosen = chosen_id(selection, "report")
    rows = selection.bureau.periodic_reports
    return rows.filter(pk=chosen).first() if chosen else None


def compared_on(selection: Selection) -> list[Compared]:
    """Return the chosen report's figures beside today's."""
    report = report_on(selection)
    if report is None:
        return []
    today = figures_of(selection.bureau, period_of_report(report))
    return compared(report, today)


def report_lines(selection: Selection) -> Iterator[ListLine]:
    """Yield a line per figure on one sheet."""
    report = report_on(selection)
    sheet = period_of_report(report).label if report else ""
    for line in compared_on(selection):
        cells = {
            "section": line.section,
            "label": line.label,
            "frozen": line.frozen,
            "today": line.today,
            "difference": line.difference,
        }
        yield ListLine(sheet, cells)


def _none(selection: Selection) -> int:
    """A report is about figures, never about people."""
    return 0


OPTION = ListOption("report", "报告", reports_on)
PERIODIC = Listing(
    name="periodic-report",
    title="定期报告",
    columns=COLUMNS,
    lines=report_lines,
    left_open=_none,
    paper="A4",
    is_landscape=False,
    closing_lines=("定稿数不再变动；差为制表时重算数减定稿数。",),
    options=(OPTION,),
)
