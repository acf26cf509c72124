"""What a batch or a request is made of, as the selection that listings read."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from awards.access.scope import scope_of
from awards.listings.base import ListOption, Selection
from awards.models import Decision, ExportBatch
from awards.worklist import Filters
from people.core import regions
from people.models import Organization
from scoring.models import Release

OWN = ("kind",)  # a listing names its own kinds


def selection(
    bureau: Organization,
    *,
    filters: Mapping[str, str],
    release: Release | None,
    options: Mapping[str, str],
    at: datetime,
) -> Selection:
    """Return what a bureau's list is read from; a rehearsal is never part of it."""
    real = Q(release__competition__is_rehearsal=False)
    return Selection(
        bureau=bureau,
        scope=scope_of(bureau) & real,
        filters=Filters.read(filters),
        at=at,
        release=release,
        options=dict(options),
    )


def selection_of(batch: ExportBatch) -> Selection:
    """Return what a batch was asked to hold, as of now what the register says."""
    return selection(
        batch.bureau,
        filters=batch.query,
        release=batch.release,
        options=batch.options,
        at=batch.asked_at,
    )


def kept_filters(filters: Filters) -> dict[str, str]:
    """Return the filters that narrow a list, as they are stored."""
    return {
        name: value
        for name, value in asdict(filters).items()
        if value and name not in OWN
    }


def filters_in_words(chosen: Selection, options: Iterable[ListOption] = ()) -> str:
    """Return what narrowed a list, for its cover."""
    region = chosen.bureau.region
    area = regions.full_name(region) or region or _("全国")
    words = [_("地区 %(area)s") % {"area": area}]
    chips = chosen.filters.chips(_names(chosen))
    words += [str(chip["label"]) for chip in chips]
    words += [_answered(each, chosen) for each in options]
    return "，".join(filter(None, words))


def _names(chosen: Selection) -> dict[str, str]:
    """What the ids in the filters are called, where they are the bureau's own."""
    filters, own = chosen.filters, Decision.objects.filter(chosen.scope).order_by()
    names: dict[str, str | None] = {}
    if filters.competition:
        rows = own.filter(release__competition__code=filters.competition)
        name = rows.values_list("release__competition__name", flat=True).first()
        names["competition"] = name
    if filters.unit:
        rows = own.filter(person__organization=int(filters.unit))
        name = rows.values_list("person__organization__name", flat=True).first()
        units = own.filter(unit=int(filters.unit)).values_list("unit__name", flat=True)
        names["unit"] = name or units.first()
    if filters.person:
        people = own.filter(person=int(filters.person))
        names["person"] = people.values_list("person__name", flat=True).first()
    return {name: value for name, value in names.items() if value}


def _answered(option: ListOption, chosen: Selection) -> str:
    """An option with what was chosen, in words."""
    value = chosen.options.get(option.name, "")
    if not value:
        return ""
    known = dict(option.choices(chosen)) if option.choices else {}
    return f"{_(option.label)} {known.get(value, value)}"
