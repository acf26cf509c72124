"""Reads about files that left: the download log narrowed, as a table and as CSV."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.exporting.makers import kinds
from awards.models import ExportTaking
from people.spreadsheets import Cell, Column

LOG_COLUMNS = (
    Column("at", "时间"),
    Column("by", "取走人"),
    Column("number", "导出编号"),
    Column("list", "名单"),
    Column("form", "个人信息"),
    Column("people", "人数", kind="integer"),
    Column("purpose", "用途"),
    Column("document", "依据文号"),
    Column("asked_by", "申请人"),
    Column("decided_by", "审批人"),
    Column("digest", "文件 SHA-256"),
)


def title_of(kind: str) -> str:
    """Return the name under which people know a list or a paper."""
    known = kinds().get(kind)
    return _(known.title) if known else kind


def narrowed_log(
    rows: QuerySet[ExportTaking], values: Mapping[str, Any]
) -> QuerySet[ExportTaking]:
    """Return the lines of the log that fit: a name or number, a list, two days."""
    text = values.get("q", "")
    if text:
        rows = rows.filter(
            Q(by__name__icontains=text)
            | Q(by__username__iexact=text)
            | Q(batch__asked_by__name__icontains=text)
            | Q(batch__decided_by__name__icontains=text)
            | Q(batch__number__icontains=text)
        )
    if values.get("list"):
        rows = rows.filter(batch__kind=values["list"])
    if values.get("since"):
        rows = rows.filter(at__gte=_midnight(values["since"]))
    if values.get("until"):
        rows = rows.filter(at__lt=_midnight(values["until"] + timedelta(days=1)))
    return rows.select_related("batch__asked_by", "batch__decided_by", "by")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def log_rows(rows: QuerySet[ExportTaking]) -> Iterator[dict[str, Cell]]:
    """Yield the lines of the log as cells."""
    for row in rows:
        batch = row.batch
        yield {
            "at": timezone.localtime(row.at).strftime("%Y-%m-%d %H:%M:%S"),
            "by": row.by.name,
            "number": batch.number,
            "list": title_of(batch.kind),
            "form": _("完整件") if batch.is_full else _("脱敏件"),
            "people": batch.rows,
            "purpose": batch.purpose,
            "document": batch.document,
            "asked_by": batch.asked_by.name,
            "decided_by": batch.decided_by.name if batch.decided_by else "",
            "digest": batch.digest,
        }
