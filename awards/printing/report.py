"""定期报告 on paper: every figure as frozen, beside what is counted today."""

from itertools import groupby
from typing import IO

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.errors import ExportRefused
from awards.exporting.contract import Made, Maker, Report
from awards.exporting.selection import selection_of
from awards.listings.base import Selection
from awards.listings.periodic import OPTION, compared_on, report_on
from awards.models import ExportBatch
from awards.printing.paper import draw, foot_of, refuse_missing
from awards.queries.reports import period_of_report

NAME = "periodic-report-paper"


def make_paper(report: Report, batch: ExportBatch, out: IO[bytes]) -> Made:
    """Write the chosen report as PDF; figures only, nobody is named."""
    selection = selection_of(batch)
    kept = report_on(selection)
    if kept is None:
        raise ExportRefused("no-report", _("没有这份报告，请在定期报告页重新选择。"))
    lines = compared_on(selection)
    report(0, 1, "")
    period = period_of_report(kept)
    refuse_missing((line.label, line.label) for line in lines)
    context = {
        "bureau": batch.bureau.name,
        "period": period.label,
        "report": kept,
        "day": timezone.localdate(batch.asked_at),
        "sections": [
            (title, list(group))
            for title, group in groupby(lines, key=lambda line: line.section)
        ],
        "drifted": sum(line.has_drifted for line in lines),
        "foot": foot_of(batch),
    }
    markup = render_to_string("awards/print/report.html", context)
    out.write(draw(iter([markup])))
    return Made(
        file_name=f"定期报告-{period.label.replace(' ', '')}-{batch.number}.pdf",
        people=0,
        lines=len(lines),
        rows_digest=kept.digest,
    )


def _nobody(selection: Selection) -> int:
    return 0


REPORT = Maker(
    name=NAME,
    title="定期报告（PDF）",
    make=make_paper,
    people=_nobody,
    is_personal=False,
    options=(OPTION,),
    takes_filters=False,
)
