"""Any listing written with lines of our own, without a database."""

import io
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from django.db.models import Q

from awards.exporting.cover import Contents, Facts
from awards.exporting.tally import Checked, Tally
from awards.exporting.workbook import write_csv, write_workbook
from awards.listings.base import Listing, ListLine, Selection
from awards.models import ExportBatch
from awards.worklist import Filters
from competitions.models import Competition
from people.models import Organization, User
from people.spreadsheets import Cell
from scoring.models import Release

AT = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)


def batch(**changes: Any) -> ExportBatch:
    """A batch that was never saved, as a cover prints it."""
    name = changes.pop("bureau", "四川省人力资源和社会保障厅")
    values: dict[str, Any] = {
        "number": "E-2026-000007",
        "bureau": Organization(name=name, region="510000"),
        "asked_by": User(name=changes.pop("by", "账号wang"), username="wang"),
        "asked_at": AT,
        "purpose": "上报",
        "document": "川人社函〔2026〕1 号",
        "is_masked": False,
        "release": Release(
            number="R-2026-0001-ABCD", competition=Competition(name="工匠杯")
        ),
    }
    return ExportBatch(**{**values, **changes})


def facts(listing: Listing, of: ExportBatch) -> Facts:
    """What the cover of a batch of this listing says."""
    chosen = Selection(
        bureau=of.bureau, scope=Q(), filters=Filters(), at=AT, release=of.release
    )
    return Facts(of, replace(listing, options=()), chosen, 2, AT)


def line_of(listing: Listing, value: Cell, *, number: int = 1, **changes: Any):
    """A line whose every cell holds ``value``."""
    cells = {
        each.column.key: value
        for each in listing.columns
        if each.column.key != "number"
    }
    told = {"sheet": "名单", "entitlement": number, "person": number, **changes}
    return ListLine(cells=cells, **told)


def written(
    listing: Listing,
    lines: Iterable[ListLine],
    *,
    of: ExportBatch | None = None,
    as_csv: bool = False,
    keep: list[Checked] | None = None,
) -> tuple[bytes, Contents]:
    """The file of a listing with these lines, and what it says it holds."""
    out, made = io.BytesIO(), of or batch()
    kept = [] if keep is None else keep
    tally = Tally(made.number, 0, lambda *_told: None, kept.append)
    write = write_csv if as_csv else write_workbook
    contents = write(out, facts(listing, made), lines, tally)
    return out.getvalue(), contents
