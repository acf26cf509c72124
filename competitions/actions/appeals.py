"""申诉: lodged in writing by a leader, ruled on at two levels, answered, remedied.

A ruling moves no mark: where it is granted, an officer opens a change request that cites
it.  The ledger gets opaque ids and keyed digests, never a word of what was written.
"""

import base64
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from competitions.actions.record import lock, note
from competitions.core import phases
from competitions.core.appeals import LAST_LEVEL, Waits, is_in_time
from competitions.enums import AppealState, EventRole, Phase
from competitions.errors import AppealRefused
from competitions.models import Appeal, Delegation, Objection, Ruling, Skill
from competitions.queries import (
    appeal_row,
    appealable_entries,
    event_roles_of,
    interests_in,
    leads,
    supervises,
)
from people.actions import check_secret
from people.fields import blind_index
from people.models import User
from people.policy import Actor

LONGEST_TEXT = 5000
LARGEST_FILE = 5 * 1024 * 1024
LONGEST_NAME = 120
ANSWERS = ("accept", "carry", "refuse")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with an appeal."""

    name: str
    content: bytes


@transaction.atomic
def end_skill(skill: Skill, *, by: Actor, at: datetime) -> None:
    """Record that a skill has ended: from now the time for appeals runs.

    Recorded once; the server's clock says when.
    """
    lock(skill.competition, at=at)
    skill.refresh_from_db(fields=["ended_at"])
    if skill.ended_at is not None:
        return
    if not phases.is_reached(Phase.COMPETING, skill.competition.phase):
        raise AppealRefused(_("竞赛还没有开始，不能记录赛项结束。"), "not-started")
    skill.ended_at = at
    skill.save(update_fields=["ended_at"])
    body = {"skill": skill.pk, "number": skill.number}
    note(skill.competition, "skill-ended", body, by=by, at=at)


@transaction.atomic
def lodge_appeal(
    skill: Skill,
    *,
    delegation: Delegation,
    object_ref: str,
    text: str,
    by: User,
    at: datetime,
    attachment: Attachment | None = None,
) -> Appeal:
    """Lodge an appeal of the first level; only the leader, only in time, in writing.

    ``object_ref`` names the skill or an entry of the own delegation.
    """
    competition = skill.competition
    lock(competition, at=at)
    _require_leader(delegation, by)
    _require_own(skill, delegation, object_ref)
    _require_in_time(skill, at)
    appeal = Appeal.objects.create(
        competition=competition,
        skill=skill,
        delegation=delegation,
        object_ref=object_ref,
        text=_written(text),
        lodged_by=by,
        lodged_at=at,
        **_file(attachment),
    )
    body = {
        "appeal": appeal.pk,
        "skill": skill.pk,
        "number": skill.number,
        "delegation": delegation.pk,
        "object": object_ref,
        "digest": digest_of(appeal.text),
        "file": digest_of(appeal.file),
    }
    note(competition, "appeal-lodged", body, by=by, at=at)
    return appeal


def rule_appeal(
    appeal: Appeal,
    *,
    is_granted: bool,
    clause: str,
    reason: str,
    secret: str,
    by: User,
    at: datetime,
) -> Ruling:
    """Rule on an appeal at its present level, citing the clause, with a reason.

    By a supervisor of that level who has nothing to do with the delegation, and at the
    second level by another person than at the first; with PIN or password, which is
    tried before the transaction.
    """
    require_secret(by, secret, at)
    with transaction.atomic():
        lock(appeal.competition, at=at)
        appeal.refresh_from_db()
        _require_ruler(appeal, by, at)
        if not clause.strip() or not reason.strip():
            raise AppealRefused(_("裁定须写明依据的条款和理由。"), "reason-missing")
        ruling = Ruling.objects.create(
            appeal=appeal,
            level=appeal.level,
            is_granted=is_granted,
            clause=clause.strip()[:LONGEST_NAME],
            reason=_written(reason),
            ruled_by=by,
            ruled_at=at,
        )
        is_last = appeal.level == LAST_LEVEL
        _move(appeal, AppealState.CLOSED if is_last else AppealState.RULED, at)
        body = {
            "appeal": appeal.pk,
            "level": ruling.level,
            "granted": is_granted,
            "clause": ruling.clause,
            "digest": digest_of(ruling.reason),
        }
        note(appeal.competition, "appeal-ruled", body, by=by, at=at)
    return ruling


@transaction.atomic
def answer_ruling(
    appeal: Appeal, *, answer: str, by: User, at: datetime, text: str = ""
) -> None:
    """Accept the first ruling, carry the appeal to the second level, or refuse it.

    Refusing counts as withdrawal.  Who does not answer in time has accepted.
    """
    lock(appeal.competition, at=at)
    appeal.refresh_from_db()
    _require_leader(appeal.delegation, by)
    if answer not in ANSWERS:
        raise AppealRefused(_("请选择接受、再申诉或不服从。"), "answer-missing")
    if appeal_row(appeal, at).waits is not Waits.ANSWER:
        raise AppealRefused(_("现在没有待你答复的裁定，或已超过时限。"), "late")
    if answer == "carry":
        appeal.carried, appeal.carried_at = _written(text), at
        appeal.level = LAST_LEVEL
        _move(appeal, AppealState.CARRIED, at)
    else:
        is_accepted = answer == "accept"
        _move(appeal, AppealState.CLOSED if is_accepted else AppealState.WITHDRAWN, at)
    body = {"appeal": appeal.pk, "answer": answer}
    body |= {"digest": digest_of(appeal.carried)}
    note(appeal.competition, "appeal-answered", body, by=by, at=at)


@transaction.atomic
def withdraw_appeal(appeal: Appeal, *, by: User, at: datetime) -> None:
    """Take back an appeal that was not ruled on yet."""
    lock(appeal.competition, at=at)
    appeal.refresh_from_db()
    _require_leader(appeal.delegation, by)
    if appeal.state not in (AppealState.LODGED, AppealState.CARRIED):
        raise AppealRefused(_("已经裁定的申诉不能撤回。"), "ruled")
    _move(appeal, AppealState.WITHDRAWN, at)
    note(appeal.competition, "appeal-withdrawn", {"appeal": appeal.pk}, by=by, at=at)


@transaction.atomic
def record_remedy(
    case: Appeal | Objection, *, ref: str, words: str, by: User, at: datetime
) -> None:
    """Record what followed from a granted appeal or an upheld objection.

    ``ref`` is the opaque name of a correction, or empty where none was needed.
    """
    is_appeal = isinstance(case, Appeal)
    competition = (
        case.competition if isinstance(case, Appeal) else case.notice.competition
    )
    lock(competition, at=at)
    case.refresh_from_db()
    if isinstance(case, Appeal):
        waits = appeal_row(case, at).waits is Waits.REMEDY
    else:
        waits = bool(case.is_upheld) and case.remedied_at is None
    if not waits:
        raise AppealRefused(_("现在没有要落实的裁定或答复。"), "nothing-to-do")
    if not words.strip():
        raise AppealRefused(_("请写明如何落实。"), "reason-missing")
    case.remedy_ref, case.remedy_note = ref, words.strip()[:300]
    case.remedied_by, case.remedied_at = by, at
    case.save(update_fields=["remedy_ref", "remedy_note", "remedied_by", "remedied_at"])
    kind = "appeal" if is_appeal else "objection"
    body = {kind: case.pk, "ref": ref, "digest": digest_of(case.remedy_note)}
    note(competition, f"{kind}-remedied", body, by=by, at=at)


def file_too_large() -> AppealRefused:
    """An attachment that is not kept."""
    return AppealRefused(_("附件最大 5 MB。"), "file-too-large")


def digest_of(text: str) -> str:
    """A keyed hash of what was written: who has the text here can prove it."""
    return blind_index("appeal", text)


def require_secret(by: User, secret: str, at: datetime) -> None:
    """Raise AppealRefused unless ``secret`` is the PIN or password of ``by``."""
    if not check_secret(by, secret=secret, at=at):
        raise AppealRefused(_("PIN 或口令不对，或试错太多被暂停 15 分钟。"), "secret")


def _require_leader(delegation: Delegation, by: User) -> None:
    if not leads(by, delegation):
        raise AppealRefused(_("申诉只能由本代表队的领队提出。"), "not-leader")


def _require_own(skill: Skill, delegation: Delegation, object_ref: str) -> None:
    own = [entry for entry in appealable_entries(delegation) if entry.skill == skill]
    known = {f"competitions.skill:{skill.pk}"}
    known |= {f"competitions.entry:{entry.pk}" for entry in own}
    if not own or object_ref not in known:
        raise AppealRefused(_("只能就本代表队参加的赛项和选手申诉。"), "not-yours")


def _require_in_time(skill: Skill, at: datetime) -> None:
    competition = skill.competition
    if not phases.is_reached(Phase.COMPETING, competition.phase):
        raise AppealRefused(_("竞赛还没有开始，不能申诉。"), "not-started")
    skill.refresh_from_db(fields=["ended_at"])
    if not is_in_time(at, skill.ended_at, competition.appeal_minutes):
        raise AppealRefused(
            _("申诉须在赛项结束后 %(minutes)d 分钟内提出，现在已经超过时限。")
            % {"minutes": competition.appeal_minutes},
            "late",
        )


def _require_ruler(appeal: Appeal, by: User, at: datetime) -> None:
    if appeal_row(appeal, at).waits is not Waits.RULING:
        raise AppealRefused(_("这件申诉现在不待裁定。"), "not-waiting")
    if not supervises(by, appeal):
        raise AppealRefused(
            _("第一级由赛项监督仲裁组裁定，第二级由赛区监督仲裁组裁定。"),
            "not-your-level",
        )
    if EventRole.LEADER in event_roles_of(by, appeal.skill) or (
        by.person is not None and interests_in(by.person, appeal)
    ):
        raise AppealRefused(
            _("你与提出申诉的代表队有关联，须回避，请另一位监督仲裁裁定。"), "interest"
        )
    if any(ruling.ruled_by_id == by.pk for ruling in appeal.rulings.all()):
        raise AppealRefused(_("两级裁定须由不同的人作出。"), "same-person")


def _move(appeal: Appeal, state: str, at: datetime) -> None:
    appeal.state = state
    if state in (AppealState.CLOSED, AppealState.WITHDRAWN):
        appeal.closed_at = at
    appeal.save()


def _written(text: str) -> str:
    words = text.strip()
    if not words:
        raise AppealRefused(_("请写明事由和请求。"), "text-missing")
    if len(words) > LONGEST_TEXT:
        raise AppealRefused(_("最多 5000 字，更长的请附文件。"), "text-too-long")
    return words


def _file(attachment: Attachment | None) -> dict[str, str]:
    if attachment is None:
        return {}
    if len(attachment.content) > LARGEST_FILE:
        raise file_too_large()
    return {
        "file": base64.b64encode(attachment.content).decode(),
        "file_name": attachment.name[-LONGEST_NAME:],
    }
