"""What was closed is open again: signatures become void, verified results provisional.

The steps that every later change of marks or scheme shares.  Callers hold the lock of the
results (:func:`lock_results`) and recompute the results afterwards.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from competitions.actions import void_publicity_of
from competitions.models import Skill
from competitions.queries import notice_covering
from ledger.actions import EventDraft, append, lock_chains
from ledger.core.chain import competition_chain, skill_chain
from people.models import User
from scoring.actions.totals import save_sheets
from scoring.enums import ResultState, SheetState
from scoring.models import ReleaseSkill, Result, Sheet, Signature, SkillState

UNSIGNED = (SheetState.OPEN, SheetState.COMPLETE)


def void_signatures(
    skill: Skill,
    sheets: Collection[Sheet],
    *,
    cause: str,
    by: User,
    at: datetime,
    keeps_seats: bool = False,
) -> list[Sheet]:
    """Take every signature off ``sheets`` and give each its next version; those signed.

    A sheet nobody signed gets its next version too, and all cells are open again.  A
    signature stays in force for the other sheets it covers; with none left it is void.
    ``keeps_seats``: the caller sees to it that nobody is seated anew on these sheets
    before they are signed again.  Announces nothing.
    """
    signed = [s for s in sheets if s.state not in UNSIGNED or s.signers or s.is_guarded]
    for sheet in sheets:
        is_filled = bool(sheet.aspects) and sheet.settled == sheet.aspects
        sheet.state = SheetState.COMPLETE if is_filled else SheetState.OPEN
        sheet.signers, sheet.unlocked, sheet.is_guarded = [], [], False
        sheet.version += 1
    save_sheets(sheets)
    ids = [sheet.pk for sheet in signed]
    covering = Signature.objects.filter(skill=skill, sheets__in=ids)
    touched = sorted(set(covering.values_list("pk", flat=True)))
    Signature.sheets.through.objects.filter(sheet__in=ids).delete()
    empty = Signature.objects.filter(pk__in=touched, sheets__isnull=True)
    empty.update(void_at=at)
    if signed:
        rows = [[s.pk, s.entry_id, s.sub_criterion.code, s.version] for s in signed]
        body = {"sheets": rows, "cause": cause, "keeps_seats": keeps_seats}
        _note(skill, "signatures-void", body, by=by, at=at)
    return signed


def reopen_results(
    skill: Skill, state: SkillState, *, cause: str, by: User, at: datetime
) -> bool:
    """Verified results are provisional again; whether they were verified.

    The release in force stays so until the next one supersedes it; that needs a new
    verification and a new 公示; one that runs is broken off for this skill.  Overrides
    stay in force and return with verification.  Results that everybody was shown stand
    still on public boards (封榜) until then.
    """
    if state.state == ResultState.PROVISIONAL:
        return False
    if _was_shown(skill, state):
        _hold_public(skill, state, by=by, at=at)
    body = {"from": str(state.state), "cause": cause}
    state.state = ResultState.PROVISIONAL
    state.verified_at, state.verified_by, state.verification_note = None, None, ""
    state.save(
        update_fields=["state", "verified_at", "verified_by", "verification_note"]
    )
    _note(skill, "results-reopen", body, by=by, at=at)
    reason = _("成绩重新打开：%(cause)s") % {"cause": _cause_words(cause)}
    void_publicity_of(skill, reason=reason, by=by, at=at)
    return True


def lock_results(skill: Skill, *, at: datetime) -> None:
    """Lock what a change of these results moves, in the order every action keeps.

    With verified results that is the competition's chain too: its 公示 may be broken off.
    """
    chains = [skill_chain(skill.pk)]
    rows = SkillState.objects.filter(skill=skill)
    if rows.exclude(state=ResultState.PROVISIONAL).exists():
        chains.append(competition_chain(skill.competition_id))
    lock_chains(chains, at=at)


def _cause_words(cause: str) -> str:
    """What reopened the results, in words: approved changes, or a new scheme."""
    if cause == "scheme-version":
        return _("评分方案换了新版本")
    numbers = [part.partition(":")[2] for part in cause.split(",")]
    if all(numbers):
        return _("签名后更改 %(numbers)s") % {"numbers": _("、").join(numbers)}
    return cause


def _was_shown(skill: Skill, state: SkillState) -> bool:
    """Whether everybody has seen these results as results: released, or in 公示."""
    released = ReleaseSkill.objects.filter(skill=skill, superseded_by__isnull=True)
    notice = notice_covering(skill)
    since = state.verified_at
    is_public = notice is not None and since is not None and notice.opened_at >= since
    return is_public or released.exists()


def _hold_public(skill: Skill, state: SkillState, *, by: User, at: datetime) -> None:
    """Keep on public boards what was shown, whatever is changed behind them."""
    Result.objects.filter(skill=skill).update(
        public_standing=F("standing"),
        public_points_scaled=F("points_scaled"),
        public_place=F("place"),
        public_modules=F("modules"),
    )
    if state.frozen_at is None:
        state.frozen_at, state.frozen_by = at, by
        state.save(update_fields=["frozen_at", "frozen_by"])
        _note(skill, "freeze", {}, by=by, at=at)


def _note(
    skill: Skill, kind: str, body: Mapping[str, object], *, by: User, at: datetime
) -> None:
    draft = EventDraft(kind, body)
    append(skill_chain(skill.pk), [draft], actor=by.actor, at=at)
