"""Printing sheets: each paper gets its code, and the ledger says what was on it.

A form covers one sub-criterion: one sheet, or many side by side.  Printing changes no
sheet and may be done again; every paper has a code of its own.
"""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db import transaction
from django.utils.translation import gettext as _

from competitions.models import Skill
from ledger.actions import EventDraft, append, lock_chains
from ledger.core.chain import skill_chain
from ledger.models import Event
from people.models import User
from scoring.core.dual import groups_of
from scoring.core.marking import is_per_judge
from scoring.core.paper_codes import ALPHABET, LENGTH, finish
from scoring.core.scheme import SubCriterion
from scoring.enums import FormLayout, SignerRole
from scoring.errors import PaperRefused
from scoring.models import Mark, PaperForm, PaperFormSheet, Sheet
from scoring.queries.schemes import plan_of
from scoring.queries.sheets import signing_digest

# How many sheets stand side by side.
COLUMNS = {
    FormLayout.TALL: 1,
    FormLayout.WIDE: 1,
    FormLayout.TALL_MANY: 6,
    FormLayout.WIDE_MANY: 12,
}
MOST_FORMS = 2000


@dataclass(frozen=True, slots=True)
class _Draft:
    """A form before it has its row."""

    sheets: tuple[Sheet, ...]
    seat: int | None
    code: str
    cells: dict[str, list[list[object]]]
    digest: str


@transaction.atomic
def print_forms(
    skill: Skill,
    *,
    sheets: Sequence[Sheet],
    layout: str,
    is_filled: bool,
    by: User,
    at: datetime,
    by_seat: bool = False,
) -> list[PaperForm]:
    """Give each paper its code and append one event that names them all.

    ``by_seat``: a paper for each judge with that judge's cells only, and one for what
    the group agrees on; else one paper for the whole panel.  A filled form prints what
    stands; a sheet that is still being marked has none yet (`PaperRefused`).
    """
    if not sheets:
        raise PaperRefused(_("没有选中要打印的评分表。"), "no-sheets")
    chain = lock_chains([skill_chain(skill.pk)], at=at)[skill_chain(skill.pk)]
    rows = Sheet.objects.filter(pk__in=[sheet.pk for sheet in sheets], skill=skill)
    current = rows.select_related("sub_criterion__criterion", "entry").order_by(
        "sub_criterion__criterion__position",
        "sub_criterion__position",
        "sub_criterion_id",
        "entry__code",
        "pk",
    )
    if is_filled:
        _require_marked(current)
    drafts = _drafts(skill, list(current), FormLayout(layout), is_filled, by_seat)
    if len(drafts) > MOST_FORMS:
        text = _("一次最多打印 %(count)d 份，请分批选择。")
        raise PaperRefused(text % {"count": MOST_FORMS}, "too-many")
    body = {"forms": [_plain(draft, layout, is_filled) for draft in drafts]}
    event = append(chain, [EventDraft("sheets-printed", body)], actor=by.actor, at=at)[
        0
    ]
    facts = {"skill": skill, "layout": layout, "is_filled": is_filled}
    return _store(drafts, event, facts, by=by, at=at)


def _require_marked(sheets: Collection[Sheet]) -> None:
    lacking = [s for s in sheets if s.filled < s.cells or not s.cells]
    if lacking:
        place = f"{lacking[0].entry.code} {lacking[0].sub_criterion.code}"
        text = _("%(place)s 还没评完，只能打印空白表。未评完的共 %(count)d 张。")
        raise PaperRefused(
            text % {"place": place, "count": len(lacking)}, "sheet-incomplete"
        )


def _drafts(
    skill: Skill,
    sheets: Sequence[Sheet],
    layout: FormLayout,
    is_filled: bool,
    by_seat: bool,
) -> list[_Draft]:
    plan = plan_of(skill)
    if plan is None:
        raise PaperRefused(_("还没有评分方案。"), "no-scheme")
    cells = _cells(sheets) if is_filled else {}
    found = []
    for code, members in groupby(sheets, key=lambda sheet: sheet.sub_criterion.code):
        rows, width = list(members), COLUMNS[layout]
        for start in range(0, len(rows), width):
            part = tuple(rows[start : start + width])
            digest = signing_digest(skill, part, SignerRole.JUDGE)
            for seat in _seats(plan.subs[code], part) if by_seat else [None]:
                shown = {
                    str(sheet.pk): [
                        cell
                        for cell in cells.get(sheet.pk, ())
                        if seat is None or cell[1] == seat
                    ]
                    for sheet in part
                    if is_filled
                }
                found.append(_Draft(part, seat, _new_code(), shown, digest))
    return found


def _seats(sub: SubCriterion, sheets: Collection[Sheet]) -> list[int]:
    """The group seats if a team agrees on something, each seat that marks alone."""
    per_judge = [is_per_judge(aspect.kind) for aspect in sub.aspects]
    groups = {
        group
        for aspect in sub.aspects
        if not is_per_judge(aspect.kind)
        for group in groups_of(sub, aspect)
    }
    alone = {seat for sheet in sheets for seat in sheet.seats} if any(per_judge) else ()
    return sorted(groups.union(alone))


def _cells(sheets: Collection[Sheet]) -> dict[int, list[list[object]]]:
    found: dict[int, list[list[object]]] = {}
    rows = Mark.objects.filter(sheet__in=[sheet.pk for sheet in sheets])
    names = ("sheet_id", "code", "seat", "state", "value", "remark")
    for sheet, *cell in sorted(rows.values_list(*names)):
        found.setdefault(sheet, []).append(cell)
    return found


def _new_code() -> str:
    """A code that nobody can guess; the column is unique besides."""
    return finish([secrets.randbelow(len(ALPHABET)) for _n in range(LENGTH - 1)])


def _plain(draft: _Draft, layout: str, is_filled: bool) -> dict[str, object]:
    return {
        "code": draft.code,
        "sub": draft.sheets[0].sub_criterion.code,
        "seat": draft.seat,
        "layout": str(layout),
        "filled": is_filled,
        "digest": draft.digest,
        "sheets": [
            [sheet.pk, sheet.entry_id, sheet.sub_criterion.code, sheet.version]
            for sheet in draft.sheets
        ],
    }


def _store(
    drafts: Sequence[_Draft],
    event: Event,
    facts: dict[str, object],
    *,
    by: User,
    at: datetime,
) -> list[PaperForm]:
    forms = PaperForm.objects.bulk_create(
        PaperForm(
            sub_criterion=draft.sheets[0].sub_criterion,
            code=draft.code,
            seat=draft.seat,
            cells=draft.cells,
            digest=draft.digest,
            seq=event.seq,
            event_hash=event.hash,
            printed_at=at,
            printed_by=by,
            **facts,
        )
        for draft in drafts
    )
    PaperFormSheet.objects.bulk_create(
        PaperFormSheet(form=form, sheet=sheet, version=sheet.version, position=place)
        for form, draft in zip(forms, drafts, strict=True)
        for place, sheet in enumerate(draft.sheets, start=1)
    )
    return forms
