"""Figures for targets that no register here holds: entered by a bureau with its paper."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from awards.errors import AwardsError
from awards.models import IndicatorFigure
from awards.queries.indicators import figure_names
from ledger.actions import EventDraft, append, lock_chains
from ledger.core.chain import bureau_chain
from people.models import Organization, User


@transaction.atomic
def enter_figure(
    bureau: Organization,
    *,
    name: str,
    year: int,
    value: int,
    document: str,
    by: User,
    at: datetime,
) -> IndicatorFigure:
    """Enter a figure of a year; an earlier one of the same name and year is withdrawn.

    Raises AwardsError when no target of the bureau's documents is made of such a figure
    or the paper is not named.
    """
    chain = bureau_chain(bureau.pk)
    locked = lock_chains([chain], at=at)[chain]
    if name not in figure_names(bureau):
        raise AwardsError("name", _("现行文件的目标没有用到这个统计项目。"))
    if not document.strip():
        raise AwardsError("document", _("请写明数字出自哪份文件。"))
    earlier = bureau.indicator_figures.filter(
        name=name, year=year, withdrawn_at__isnull=True
    )
    replaced = list(earlier.values_list("pk", flat=True))
    earlier.update(withdrawn_at=at)
    row = IndicatorFigure.objects.create(
        bureau=bureau,
        name=name,
        year=year,
        value=value,
        document=document.strip(),
        entered_by=by,
        entered_at=at,
    )
    body = {
        "figure": row.pk,
        "name": name,
        "year": year,
        "value": value,
        "document": row.document,
        "replaces": replaced,
    }
    append(locked, [EventDraft("figure-entered", body)], actor=by.actor, at=at)
    return row
