"""复核 by sample: its rules, the one draw, what each look found, the sign-off.

None of it moves a point: a mark found wrong is corrected by a change request.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from competitions.actions.record import lock as lock_competition
from competitions.actions.record import note as note_competition
from competitions.core.conflicts import JUDGING
from competitions.enums import EntryState, EventRole
from competitions.models import Competition, Entry, Skill
from competitions.queries import event_roles_of
from ledger.actions import EventDraft, append, lock_chains
from ledger.core.chain import canonical, competition_chain, skill_chain
from ledger.queries import head_of
from people.actions import check_secret
from people.models import User
from scoring.actions.results import refresh_skill
from scoring.core.marking import MarkRefused, read_value
from scoring.core.rounding import plain_text
from scoring.core.scheme import Aspect
from scoring.core.verification import Drawn, SampleRules, needs_all
from scoring.enums import CheckOutcome, ResultState
from scoring.errors import PinWrong, VerificationRefused, refusal_text
from scoring.models import (
    Sheet,
    SkillState,
    VerificationCheck,
    VerificationDraw,
    VerificationRule,
)
from scoring.queries.results import blockers_of
from scoring.queries.schemes import plan_by_digest, state_of
from scoring.queries.verification import (
    CHECKED_TIERS,
    added_since,
    draw_of,
    rules_in_force,
    rules_of_draw,
    sample_from,
    worklist_of,
)

AWAY = (EntryState.ABSENT, EntryState.CANCELLED)
LONGEST_WORDS = 500
LONGEST_NOTE = 300


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look at one sheet found.

    A wrong mark names its cell (aspect and seat) and what it should be; a remark only
    says something in ``words``.
    """

    outcome: str = CheckOutcome.RIGHT
    aspect: str = ""
    seat: int = 0
    value: str = ""
    words: str = ""


@transaction.atomic
def set_verification_rules(
    competition: Competition,
    *,
    rules: SampleRules,
    is_required: bool,
    citation: str,
    reason: str,
    by: User,
    at: datetime,
) -> VerificationRule:
    """Set how a competition's results are checked; draws already made stay as they are.

    Waiving the check where the tier asks for it needs a reason; shares other than the
    defaults need the document that says so.
    """
    lock_competition(competition, at=at)
    before = rules_in_force(competition)
    citation, reason = citation.strip(), reason.strip()
    if not is_required and competition.tier in CHECKED_TIERS and not reason:
        raise VerificationRefused(
            _("这一层级的赛事默认抽样复核；不抽样须写明原因。"), "reason-missing"
        )
    if rules != before.rules and not citation:
        raise VerificationRefused(
            _("改动比例须写明依据的文件和条款。"), "citation-missing"
        )
    told = _plain(rules)
    row, _created = VerificationRule.objects.update_or_create(
        competition=competition,
        defaults={
            **{name: told[name] for name in ("top", "sample", "trigger")},
            "with_close": rules.with_close,
            "is_required": is_required,
            "citation": citation[:200],
            "reason": reason[:LONGEST_NOTE],
            "set_by": by,
            "set_at": at,
        },
    )
    body = {**told, "is_required": is_required, "citation": row.citation}
    body |= {"reason": row.reason}
    note_competition(competition, "verification-rule-set", body, by=by, at=at)
    return row


@transaction.atomic
def draw_verification(skill: Skill, *, by: User, at: datetime) -> VerificationDraw:
    """Draw whose sheets are checked, from the head of the chain as it stands: once.

    Refused until everything else that verification asks for is there, so that nobody
    can wait for a better head by marking on.
    """
    state = _open(skill, by, at)
    if draw_of(skill) is not None:
        raise VerificationRefused(_("本赛项已经抽样，抽样只有一次。"), "already-drawn")
    refresh_skill(skill, state, at=at)
    missing = blockers_of(skill, state, 0)
    if missing:
        raise VerificationRefused("；".join(missing), "not-ready")
    rules = rules_in_force(skill.competition).rules
    chain = skill_chain(skill.pk)
    head = head_of([chain])[chain]
    drawn = sample_from(skill, state, rules, head.hash)
    row = VerificationDraw.objects.create(
        skill=skill,
        seq=head.seq,
        head=head.hash,
        rules=_plain(rules),
        entries=_pairs(drawn),
        drawn_by=by,
        drawn_at=at,
    )
    away = Entry.objects.filter(skill=skill, state__in=AWAY)
    body = {
        "seq": row.seq,
        "head": row.head,
        "rules": row.rules,
        "away": {str(pk): word for pk, word in away.values_list("pk", "state")},
        "entries": row.entries,
    }
    _note(skill, "verification-drawn", body, by=by, at=at)
    _tell(skill, "sample-drawn", {"entries": len(row.entries)}, by=by, at=at)
    return row


@transaction.atomic
def check_sheet(
    draw: VerificationDraw, *, sheet: Sheet, finding: Finding, by: User, at: datetime
) -> VerificationCheck:
    """Record one look at a drawn sheet in its present version; then widen if need be.

    More wrong entries than the trigger allows put every other entry on the list, at
    once and for good; a finding is never taken back, only followed by another look.
    """
    state = _open(draw.skill, by, at)
    draw.refresh_from_db()
    if not _is_drawn(draw, sheet):
        _widen(draw, by=by, at=at)
    if not _is_drawn(draw, sheet):
        raise VerificationRefused(_("这张评分表没有被抽中。"), "not-drawn")
    found = _checked(state, sheet, finding)
    row = VerificationCheck.objects.create(
        draw=draw,
        sheet=sheet,
        version=sheet.version,
        outcome=found.outcome,
        aspect=found.aspect,
        seat=found.seat,
        value=found.value,
        words=found.words,
        checked_by=by,
        checked_at=at,
    )
    body = {
        "check": row.pk,
        "sheet": sheet.pk,
        "entry": sheet.entry_id,
        "sub": sheet.sub_criterion.code,
        "version": sheet.version,
        **{name: getattr(found, name) for name in ("outcome", "aspect", "seat")},
        "value": found.value,
        "words": sha256(f"{row.pk}/{found.words}".encode()).hexdigest(),
    }
    _note(draw.skill, "verification-checked", body, by=by, at=at)
    if found.outcome == CheckOutcome.WRONG:
        _widen(draw, by=by, at=at)
    return row


def sign_verification(
    draw: VerificationDraw, *, secret: str, note: str, by: User, at: datetime
) -> None:
    """Sign that every drawn sheet was checked and every wrong mark put right.

    ``secret`` is the signer's PIN or password, tried before the transaction so that a
    wrong one stays counted.
    """
    if not check_secret(by, secret=secret, at=at):
        raise PinWrong(_("PIN 或口令不对，或试错太多被暂停 15 分钟。"))
    if len(note) > LONGEST_NOTE:
        raise VerificationRefused(_("复核意见最多 300 字。"), "note-too-long")
    with transaction.atomic():
        _open(draw.skill, by, at)
        draw.refresh_from_db()
        _widen(draw, by=by, at=at)
        work = worklist_of(draw)
        if work.open_lines:
            text = _("还有 %(count)d 张评分表没有核对，或差错没有改正。")
            raise VerificationRefused(
                text % {"count": len(work.open_lines)}, "not-ready"
            )
        draw.signed_by, draw.signed_at, draw.note = by, at, note.strip()
        draw.save(update_fields=["signed_by", "signed_at", "note"])
        looks = [
            [line.sheet.pk, line.sheet.version, line.last.pk if line.last else 0]
            for line in work.lines
        ]
        body = {
            "entries": len(draw.entries),
            "sheets": len(work.lines),
            "wrong": work.wrong,
            "digest": sha256(canonical(looks).encode()).hexdigest(),
            "note": draw.note,
        }
        _note(draw.skill, "verification-signed", body, by=by, at=at)
        told = {"entries": len(draw.entries)}
        _tell(draw.skill, "sample-signed", told, by=by, at=at)


def _open(skill: Skill, by: User, at: datetime) -> SkillState:
    """The skill's state under both locks, while its results are still provisional."""
    lock_chains([skill_chain(skill.pk), competition_chain(skill.competition_id)], at=at)
    roles = event_roles_of(by, skill)
    if EventRole.RESULTS_OFFICER not in roles:
        raise VerificationRefused(_("抽样复核由成绩管理员进行。"), "not-your-role")
    if JUDGING & {str(role) for role in roles}:
        raise VerificationRefused(_("裁判不能复核自己执裁的赛项。"), "judge")
    state = state_of(skill)
    if state is None or state.opened_at is None:
        raise VerificationRefused(_("还没有生成评分表。"), "not-open")
    if state.state != ResultState.PROVISIONAL:
        raise VerificationRefused(_("成绩已经复核。"), "verified")
    return state


def _checked(state: SkillState, sheet: Sheet, finding: Finding) -> Finding:
    """The finding with its value in plain form; refused where something lacks."""
    words = finding.words.strip()
    if len(words) > LONGEST_WORDS:
        raise VerificationRefused(_("说明最多 500 字。"), "words-too-long")
    outcome = CheckOutcome(finding.outcome)
    if outcome is CheckOutcome.RIGHT:
        return Finding(outcome, words=words)
    if not words:
        raise VerificationRefused(_("请写明发现了什么。"), "words-missing")
    if outcome is CheckOutcome.REMARK:
        return Finding(outcome, words=words)
    sub = plan_by_digest(state.scheme.digest).subs[sheet.sub_criterion.code]
    aspect = next((a for a in sub.aspects if a.code == finding.aspect), None)
    if aspect is None or finding.seat not in (0, *sheet.seats):
        raise VerificationRefused(_("请选择有误的评分项和裁判。"), "cell-missing")
    value = _value(aspect, finding.value)
    return Finding(outcome, aspect.code, finding.seat, value, words)


def _value(aspect: Aspect, text: str) -> str:
    try:
        value = read_value(aspect, text)
    except MarkRefused as refused:
        raise VerificationRefused(
            refusal_text(refused.code), "value-refused"
        ) from refused
    if value is None:
        raise VerificationRefused(_("请写明正确的值。"), "value-missing")
    return plain_text(value)


def _is_drawn(draw: VerificationDraw, sheet: Sheet) -> bool:
    return str(sheet.entry_id) in {str(entry) for entry, _why in draw.entries}


def _widen(draw: VerificationDraw, *, by: User, at: datetime) -> None:
    """Put on the list what errors or moved places ask for now."""
    work = worklist_of(draw)
    wrong, drawn = work.wrong, len(draw.entries)
    escalates = not draw.is_escalated and needs_all(wrong, drawn, rules_of_draw(draw))
    draw.is_escalated = draw.is_escalated or escalates
    added = added_since(draw)
    if not added and not escalates:
        return
    draw.entries = [*draw.entries, *_pairs(added)]
    draw.save(update_fields=["entries", "is_escalated"])
    body = {
        "escalated": draw.is_escalated,
        "wrong": wrong,
        "drawn": drawn,
        "entries": _pairs(added),
    }
    _note(draw.skill, "verification-extended", body, by=by, at=at)
    if escalates:
        told = {"wrong": wrong, "drawn": drawn}
        _tell(draw.skill, "sample-escalated", told, by=by, at=at)


def _plain(rules: SampleRules) -> dict[str, object]:
    return {
        "top": plain_text(rules.top),
        "sample": plain_text(rules.sample),
        "trigger": plain_text(rules.trigger),
        "with_close": rules.with_close,
    }


def _pairs(drawn: list[Drawn]) -> list[list[str]]:
    return [[one.entry, one.why.value] for one in drawn]


def _note(
    skill: Skill, kind: str, body: Mapping[str, object], *, by: User, at: datetime
) -> None:
    draft = EventDraft(kind, body)
    append(skill_chain(skill.pk), [draft], actor=by.actor, at=at)


def _tell(
    skill: Skill, kind: str, told: Mapping[str, object], *, by: User, at: datetime
) -> None:
    """Say it on the competition's time line too."""
    body = {"skill": skill.pk, "number": skill.number, **told}
    note_competition(skill.competition, kind, body, by=by, at=at)
