"""A level's officer who is gone is replaced: one person proposes, a supervisor agrees.

Who drew a level stays its officer on record; the successor keeps it from then on.  The
printed commitment decides, as before, whether the codes are the ones drawn.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from competitions.actions.appeals import require_secret
from competitions.actions.record import lock, note
from competitions.core.conflicts import excluded_by
from competitions.enums import EventRole
from competitions.errors import DrawRefused, check_reason
from competitions.models import Draw, Skill
from competitions.queries import (
    draws_of,
    event_roles_of,
    keepers_of,
    proposed_officers,
)
from competitions.queries.draw_officers import PROPOSED, REFUSED, REPLACED
from people.models import User


def propose_officer(
    skill: Skill,
    *,
    level: int,
    successor: User,
    reason: str,
    secret: str,
    by: User,
    at: datetime,
) -> None:
    """Propose who keeps a closed level from now on; a later proposal replaces it.

    The successor is a draw officer of the skill who has no other level.
    """
    require_secret(by, secret, at)
    with transaction.atomic():
        lock(skill.competition, at=at)
        if not reason.strip():
            raise DrawRefused(_("请写明更换的原因。"), "reason-missing")
        check_reason(reason)
        _closed_level(skill, level)
        if _is_same(by, successor):
            raise DrawRefused(_("不能提名自己接替。"), "same-person")
        _require_free(skill, level, successor)
        body = {
            "skill": skill.pk,
            "level": level,
            "number": skill.number,
            "from": keepers_of(skill)[level].actor,
            "to": successor.actor,
            "reason": reason.strip(),
        }
        note(skill.competition, PROPOSED, body, by=by, at=at)


def settle_officer(
    skill: Skill,
    *,
    level: int,
    is_agreed: bool,
    secret: str,
    by: User,
    at: datetime,
) -> None:
    """Agree to a proposed successor, or refuse: a supervisor who did not propose them."""
    require_secret(by, secret, at)
    with transaction.atomic():
        lock(skill.competition, at=at)
        _closed_level(skill, level)
        found = proposed_officers(skill).get(level)
        if found is None:
            raise DrawRefused(_("这一级没有待确认的更换。"), "not-proposed")
        if EventRole.SUPERVISOR not in event_roles_of(by, skill):
            raise DrawRefused(_("更换加密裁判须由监督仲裁确认。"), "not-supervisor")
        if _is_same(by, found.proposer) or _is_same(by, found.successor):
            raise DrawRefused(_("提出、接替和确认须是不同的人。"), "same-person")
        if is_agreed:
            _require_free(skill, level, found.successor)
        body = {
            "skill": skill.pk,
            "level": level,
            "number": skill.number,
            "from": keepers_of(skill)[level].actor,
            "to": found.successor.actor,
            "reason": found.reason,
            "proposed_by": found.proposer.actor,
        }
        kind = REPLACED if is_agreed else REFUSED
        note(skill.competition, kind, body, by=by, at=at)


def _closed_level(skill: Skill, level: int) -> Draw:
    row = draws_of(skill).filter(level=level).first()
    if row is None:
        raise DrawRefused(_("这一次还没有抽签。"), "no-level")
    if row.opened_at is not None:
        raise DrawRefused(_("这一级已经解密，不用更换。"), "open")
    if row.asked_at is not None:
        raise DrawRefused(
            _("加密裁判已经提出解密，由监督仲裁确认即可，不用更换。"), "asked"
        )
    return row


def _require_free(skill: Skill, level: int, successor: User) -> None:
    """A draw officer of the skill, in no role beside it, who never had another level."""
    roles = {str(role) for role in event_roles_of(successor, skill)}
    excluded = excluded_by(EventRole.DRAW_OFFICER, roles)
    if EventRole.DRAW_OFFICER not in roles or excluded:
        raise DrawRefused(
            _("%(name)s 不是本赛项可以接替的加密裁判，先聘任。") % {"name": successor},
            "not-officer",
        )
    keepers = keepers_of(skill)
    drew = [row.officer for row in draws_of(skill) if row.level != level]
    others = [user for other, user in keepers.items() if other != level]
    if any(_is_same(successor, user) for user in [*drew, *others]):
        raise DrawRefused(
            _("%(name)s 主持或保管另一次抽签，一人不能有两级。") % {"name": successor},
            "same-officer",
        )
    if _is_same(successor, keepers[level]):
        raise DrawRefused(_("这一级现在就由这个人保管。"), "same-officer")


def _is_same(one: User, other: User) -> bool:
    if one.pk == other.pk:
        return True
    return one.person_id is not None and one.person_id == other.person_id
