"""更正: a place or award set by decision, by one person and confirmed by another."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from competitions.models import Skill
from ledger.actions import EventDraft, append, lock_chains
from ledger.core.chain import skill_chain
from people.models import User
from scoring.actions.totals import apply_placing, save_results
from scoring.enums import Overridden, ResultState
from scoring.errors import OverrideRefused
from scoring.models import Override, Result
from scoring.queries.rebuilding import rebuild
from scoring.queries.schemes import state_of
from scoring.signals import announce_scoreboard

LONGEST = 40


@transaction.atomic
def propose_override(
    skill: Skill,
    *,
    entry: int,
    name: Overridden,
    value: str | None,
    reason: str,
    by: User,
    at: datetime,
) -> Override:
    """Ask for a place or award other than the calculated one; None goes back to it.

    Nothing changes before a second person confirms it.  Only verified results can be
    overridden, and each value waits for one confirmation at a time.
    """
    lock_chains([skill_chain(skill.pk)], at=at)
    state = state_of(skill)
    if state is None or state.state == ResultState.PROVISIONAL:
        raise OverrideRefused(_("成绩复核之后才能更正名次或奖项。"), "not-verified")
    if not reason.strip():
        raise OverrideRefused(_("请写明更正的理由和依据。"), "reason-missing")
    row = Result.objects.filter(skill=skill, entry=entry, place__isnull=False).first()
    if row is None:
        raise OverrideRefused(_("只能更正有名次的参赛。"), "not-ranked")
    waiting = Override.objects.filter(
        entry=entry, name=name, confirmed_at__isnull=True, dropped_at__isnull=True
    )
    if waiting.exists():
        raise OverrideRefused(_("这一项已有更正在等第二人确认。"), "waiting")
    found = Override.objects.create(
        skill=skill,
        entry_id=entry,
        name=name,
        value=_checked(name, value, places=Result.objects.filter(skill=skill).count()),
        is_computed=value is None,
        before=str(getattr(row, name)),
        reason=reason.strip()[:500],
        proposed_by=by,
        proposed_at=at,
    )
    _note(found, "override-propose", {}, by=by, at=at)
    return found


@transaction.atomic
def confirm_override(override: Override, *, by: User, at: datetime) -> None:
    """Put a proposed override in force; never by the person who proposed it."""
    found = _waiting(override, at)
    if _same_person(found.proposed_by, by):
        raise OverrideRefused(_("更正要由提出人以外的第二人确认。"), "same-person")
    found.confirmed_by, found.confirmed_at = by, at
    found.save(update_fields=["confirmed_by", "confirmed_at"])
    _note(found, "override", {"proposed_by": found.proposed_by.actor}, by=by, at=at)
    rebuilt = rebuild(found.skill)
    rows = list(Result.objects.filter(skill=found.skill).order_by("entry_id"))
    for row in rows:
        apply_placing(row, rebuilt[row.entry_id].placing)
        row.computed_at = at
    save_results(rows)
    announce_scoreboard(found.skill_id)


@transaction.atomic
def drop_override(override: Override, *, by: User, at: datetime) -> None:
    """Give up a proposal that nobody confirmed; it stays on record."""
    found = _waiting(override, at)
    found.dropped_at = at
    found.save(update_fields=["dropped_at"])
    _note(found, "override-drop", {}, by=by, at=at)


def _checked(name: Overridden, value: str | None, *, places: int) -> str:
    if value is None:
        return ""
    text = value.strip()
    is_place = name == Overridden.PLACE
    is_number = text.isascii() and text.isdecimal() and len(text) < 10
    fits = is_number and 1 <= int(text) <= places
    if is_place and not fits:
        message = _("名次应是 1 到 %(last)d 的整数。") % {"last": places}
        raise OverrideRefused(message, "place")
    if len(text) > LONGEST:
        raise OverrideRefused(_("奖项最多 40 字。"), "award")
    return str(int(text)) if is_place else text


def _waiting(override: Override, at: datetime) -> Override:
    lock_chains([skill_chain(override.skill_id)], at=at)
    rows = Override.objects.select_related("skill__competition", "proposed_by")
    found = rows.get(pk=override.pk)
    if found.confirmed_at is not None or found.dropped_at is not None:
        raise OverrideRefused(_("这项更正已经办完，请刷新页面。"), "not-waiting")
    return found


def _same_person(one: User, other: User) -> bool:
    if one.pk == other.pk:
        return True
    return one.person_id is not None and one.person_id == other.person_id


def _note(
    override: Override,
    kind: str,
    more: Mapping[str, object],
    *,
    by: User,
    at: datetime,
) -> None:
    body = {
        "override": override.pk,
        "entry": override.entry_id,
        "name": str(override.name),
        "value": None if override.is_computed else override.value,
        "before": override.before,
        "reason": override.reason,
        **more,
    }
    chain = skill_chain(override.skill_id)
    append(chain, [EventDraft(kind, body)], actor=by.actor, at=at)
