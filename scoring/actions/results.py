"""From running places to verified results: freezing boards, deciding ties, verifying."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from competitions.enums import EventRole
from competitions.models import Entry, Skill
from competitions.queries import event_roles_of
from ledger.actions import EventDraft, append, lock_chains
from ledger.core.chain import canonical, skill_chain
from people.models import User
from people.policy import Actor, actor_of
from scoring.actions.signing import lock_sheets
from scoring.actions.totals import apply_placing, refresh_results, save_results
from scoring.core.results import Rules, awarded, overridden
from scoring.enums import ResultState
from scoring.errors import ResultsRefused
from scoring.models import Result, Sheet, SkillState
from scoring.prize_steps import plain_steps
from scoring.queries.points import AWAY, tally_of
from scoring.queries.rebuilding import decided_values, differences
from scoring.queries.results import blockers_of, rules_of
from scoring.queries.schemes import plan_by_digest, state_of
from scoring.queries.ties import decisions_of
from scoring.queries.verification import sample_blockers
from scoring.signals import announce_scoreboard

# What a result is verified by: the stored values, digested into the event.
DIGESTED = ("entry_id", "standing", "points_scaled", "place", "award")


@transaction.atomic
def freeze_board(skill: Skill, *, by: User, at: datetime) -> None:
    """封榜: what the public sees stands still from now on."""
    state = _locked(skill, at)
    if state.frozen_at is not None:
        return
    refresh_skill(skill, state, at=at)
    state.frozen_at, state.frozen_by = at, by
    state.save(update_fields=["frozen_at", "frozen_by"])
    _note(skill, "freeze", {}, by=by, at=at)
    announce_scoreboard(skill.pk)


@transaction.atomic
def unfreeze_board(skill: Skill, *, by: User, at: datetime) -> None:
    """解除封榜: the public catches up."""
    state = _locked(skill, at)
    if state.frozen_at is None:
        return
    state.frozen_at, state.frozen_by = None, None
    state.save(update_fields=["frozen_at", "frozen_by"])
    refresh_skill(skill, state, at=at)
    _note(skill, "unfreeze", {}, by=by, at=at)
    announce_scoreboard(skill.pk)


@transaction.atomic
def decide_tie(
    skill: Skill, *, entries: Sequence[int], reason: str, by: User, at: datetime
) -> None:
    """Put entries that are equal in everything in order, best first, with a reason.

    Only the chief judge, and only where the scheme's fallback asks for it.  Never moves
    an entry past one with more points.
    """
    state = _locked(skill, at)
    if EventRole.CHIEF_JUDGE not in event_roles_of(by, skill):
        raise ResultsRefused([_("同分名次由裁判长裁定。")], "not-chief")
    if state.state != ResultState.PROVISIONAL:
        raise ResultsRefused([_("成绩已经复核，不能再裁定名次。")], "verified")
    if not reason.strip():
        raise ResultsRefused([_("请写明裁定理由。")], "reason-missing")
    rows = Result.objects.filter(skill=skill, entry__in=entries, is_undecided=True)
    places = {row.place for row in rows}
    if len(set(entries)) < 2 or len(rows) != len(set(entries)) or len(places) != 1:
        raise ResultsRefused([_("只能裁定同一名次上的同分参赛。")], "not-equal")
    order = {str(entry): place for place, entry in enumerate(entries, start=1)}
    state.decisions = {**state.decisions, **order}
    state.save(update_fields=["decisions"])
    body = {"order": order, "reason": reason.strip()}
    _note(skill, "tie-decision", body, by=by, at=at)
    refresh_skill(skill, state, at=at)
    announce_scoreboard(skill.pk)


@transaction.atomic
def withdraw_decision(
    skill: Skill, *, decision: int, reason: str, by: User, at: datetime
) -> None:
    """Take back the order of equals that ``decision`` (its number in the ledger) gave.

    The chief judge's act, as the decision was; the entries wait for a decision again.
    """
    state = _locked(skill, at)
    if EventRole.CHIEF_JUDGE not in event_roles_of(by, skill):
        raise ResultsRefused([_("同分名次由裁判长裁定。")], "not-chief")
    if state.state != ResultState.PROVISIONAL:
        raise ResultsRefused([_("成绩已经复核，不能再裁定名次。")], "verified")
    if not reason.strip():
        raise ResultsRefused([_("请写明撤回裁定的理由。")], "reason-missing")
    found = {row.seq: row for row in decisions_of(skill)}.get(decision)
    if found is None:
        raise ResultsRefused([_("这项裁定已经不在，请刷新页面。")], "no-decision")
    entries = [row.entry_id for row in found.entries]
    left = {k: v for k, v in state.decisions.items() if int(k) not in entries}
    state.decisions = left
    state.save(update_fields=["decisions"])
    body = {"decision": decision, "entries": entries, "reason": reason.strip()}
    _note(skill, "tie-decision-withdrawn", body, by=by, at=at)
    refresh_skill(skill, state, at=at)
    announce_scoreboard(skill.pk)


@transaction.atomic
def verify_results(skill: Skill, *, note: str, by: User, at: datetime) -> None:
    """复核: the results officer confirms that the table is right; marking closes.

    Refused with every reason while sheets are missing, unsigned or in conflict, a place
    is undecided, or rebuilding from the ledger leads to anything else; then while the
    check by sample, where it is asked for, is not signed.
    """
    state = _locked(skill, at)
    if EventRole.RESULTS_OFFICER not in event_roles_of(by, skill):
        raise ResultsRefused([_("成绩由成绩管理员复核。")], "not-results-officer")
    refresh_skill(skill, state, at=at)
    blockers = blockers_of(skill, state, len(differences(skill)), at=at)
    blockers = blockers or sample_blockers(skill)
    if blockers:
        raise ResultsRefused(blockers, "not-ready")
    state.state = ResultState.VERIFIED
    state.verified_at, state.verified_by = at, by
    state.verification_note = note[:300]
    state.save()
    lock_sheets(skill)
    rules = rules_of(skill, state)
    rows = award_results(skill, state, rules, at=at)
    body = {
        "digest": results_digest(rows),
        "note": state.verification_note,
        "steps": None if rules.steps is None else plain_steps(rules.steps),
        "minimum_field": rules.minimum_field,
        "away": _away(skill),
    }
    _note(skill, "verify", body, by=by, at=at)
    announce_scoreboard(skill.pk)


@transaction.atomic
def recompute_results(*, skill: int | None, at: datetime) -> int:
    """Write the results of running skills anew from their sheets; return how many.

    Verified results are left alone: they are what was verified.
    """
    states = SkillState.objects.filter(
        opened_at__isnull=False, state=ResultState.PROVISIONAL
    )
    if skill is not None:
        states = states.filter(skill=skill)
    rows = list(states.select_related("scheme", "skill__competition"))
    lock_chains([skill_chain(row.skill_id) for row in rows], at=at)
    for row in rows:
        refresh_skill(row.skill, row, at=at)
        announce_scoreboard(row.skill_id)
    return len(rows)


def refresh_skill(skill: Skill, state: SkillState, *, at: datetime) -> None:
    """Recompute every result of a skill from its sheets; the chain is locked."""
    sheets: dict[int, list[Sheet]] = defaultdict(list)
    rows = Sheet.objects.filter(skill=skill).select_related("sub_criterion")
    for sheet in rows.order_by("pk"):
        sheets[sheet.entry_id].append(sheet)
    plan = plan_by_digest(state.scheme.digest)
    refresh_results(skill, state, plan, sheets=sheets, at=at)


def award_results(
    skill: Skill, state: SkillState, rules: Rules, *, at: datetime
) -> list[Result]:
    """Give scale scores and awards by the rules and overrides in force; all rows.

    The chain is locked.
    """
    plan = plan_by_digest(state.scheme.digest)
    rows = list(Result.objects.filter(skill=skill).order_by("entry_id"))
    placed = awarded(plan.scheme, [tally_of(row) for row in rows], rules)
    decided = decided_values(skill)
    for row in rows:
        placing = placed[str(row.entry_id)]
        apply_placing(row, overridden(placing, decided.get(row.entry_id, {})))
        row.computed_at = at
    save_results(rows)
    return rows


def results_digest(rows: Sequence[Result]) -> str:
    """What stands in the verify event for the whole table."""
    table = [[getattr(row, name) for name in DIGESTED] for row in rows]
    return sha256(canonical(table).encode()).hexdigest()


def _away(skill: Skill) -> dict[str, str]:
    rows = Entry.objects.filter(skill=skill, state__in=list(AWAY))
    return {str(pk): state for pk, state in rows.values_list("pk", "state")}


def _locked(skill: Skill, at: datetime) -> SkillState:
    lock_chains([skill_chain(skill.pk)], at=at)
    state = state_of(skill)
    if state is None or state.opened_at is None:
        raise ResultsRefused([_("还没有生成评分表。")], "not-open")
    return state


def _note(
    skill: Skill, kind: str, body: Mapping[str, object], *, by: Actor, at: datetime
) -> None:
    chain = skill_chain(skill.pk)
    append(chain, [EventDraft(kind, body)], actor=actor_of(by), at=at)
