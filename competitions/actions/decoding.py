"""解密: level by level, the last first, by two people each; and what is printed before.

A level is opened by the officer who drew it, or who took it over (draw_officers.py),
together with a supervisor, after the results are verified.  Names may stand beside codes
only when every level is open.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from competitions.actions.appeals import require_secret
from competitions.actions.record import lock, note
from competitions.core import draw as lots
from competitions.core.conflicts import JUDGING
from competitions.enums import EventRole
from competitions.errors import DrawRefused
from competitions.models import Draw, Skill
from competitions.queries import drawn_codes, draws_of, event_roles_of, keepers_of
from competitions.register import MISSING, readiness
from people.models import User
from people.policy import Actor

DECODE = "decode"


@transaction.atomic
def record_printed(draw: Draw, *, by: Actor, at: datetime) -> int:
    """Record that a level's commitment was printed; return the number of the copy."""
    lock(draw.skill.competition, at=at)
    draw.refresh_from_db()
    draw.copies += 1
    draw.printed_at = draw.printed_at or at
    draw.save(update_fields=["copies", "printed_at"])
    body = {
        "skill": draw.skill_id,
        "level": draw.level,
        "commitment": draw.commitment,
        "copy": draw.copies,
        "number": draw.skill.number,
    }
    note(draw.skill.competition, "seal-printed", body, by=by, at=at)
    return draw.copies


def ask_decode(skill: Skill, *, secret: str, by: User, at: datetime) -> Draw:
    """Begin to open the last level still closed: its own officer asks, with PIN.

    The codes must fit the commitment that was printed, and the results be verified.
    """
    require_secret(by, secret, at)
    with transaction.atomic():
        lock(skill.competition, at=at)
        row = _next_level(skill)
        _require_verified(skill, at)
        if keepers_of(skill)[row.level] != by:
            raise DrawRefused(
                _("第 %(level)s 次抽签由主持它的加密裁判解密。") % {"level": row.level},
                "not-officer",
            )
        _require_no_judge(skill, by)
        _require_fit(row)
        if row.asked_at is None:
            row.asked_at = at
            row.save(update_fields=["asked_at"])
            body = {"skill": skill.pk, "level": row.level, "number": skill.number}
            note(skill.competition, "unseal-asked", body, by=by, at=at)
    return row


def open_level(skill: Skill, *, secret: str, by: User, at: datetime) -> Draw:
    """Open the level its officer asked for: a supervisor, another person, with PIN.

    With the first level open the skill is decoded and names may be shown.
    """
    require_secret(by, secret, at)
    with transaction.atomic():
        lock(skill.competition, at=at)
        row = _next_level(skill)
        _require_verified(skill, at)
        if row.asked_at is None:
            raise DrawRefused(
                _("先由主持第 %(level)s 次抽签的加密裁判提出解密。")
                % {"level": row.level},
                "not-asked",
            )
        if EventRole.SUPERVISOR not in event_roles_of(by, skill):
            raise DrawRefused(_("解密须由监督仲裁在场确认。"), "not-supervisor")
        keeper = keepers_of(skill)[row.level]
        if by in (keeper, row.officer):
            raise DrawRefused(_("加密裁判和监督须是两个人。"), "same-person")
        _require_no_judge(skill, by)
        _require_fit(row)
        row.opened_at, row.witness = at, by
        row.save(update_fields=["opened_at", "witness"])
        body = {"skill": skill.pk, "level": row.level, "number": skill.number}
        body |= {"officer": keeper.actor}
        note(skill.competition, "unseal-level", body, by=by, at=at)
        if row.level == 1:
            skill.decoded_at = at
            skill.save(update_fields=["decoded_at"])
            told = {"skill": skill.pk, "number": skill.number}
            note(skill.competition, "unseal", told, by=by, at=at)
    return row


def decode_blockers(skill: Skill, at: datetime) -> list[str]:
    """What the apps above still miss before a skill may be decoded."""
    return [
        item.title
        for item in readiness.items(skill.competition, at)
        if item.blocks_step == DECODE
        and item.skill == skill.pk
        and item.state == MISSING
    ]


def _next_level(skill: Skill) -> Draw:
    draws = list(draws_of(skill))
    if not skill.draw_levels:
        raise DrawRefused(_("本赛项不加密，不用解密。"), "no-levels")
    if len(draws) != skill.draw_levels:
        raise DrawRefused(_("抽签还没有完成，不能解密。"), "incomplete")
    closed = [row for row in draws if row.opened_at is None]
    if not closed:
        raise DrawRefused(_("已经全部解密。"), "open")
    return closed[-1]


def _require_verified(skill: Skill, at: datetime) -> None:
    missing = decode_blockers(skill, at)
    if missing:
        text = _("还不能解密：%(titles)s")
        raise DrawRefused(text % {"titles": _("；").join(missing)}, "not-verified")


def _require_no_judge(skill: Skill, by: User) -> None:
    if JUDGING & {str(role) for role in event_roles_of(by, skill)}:
        raise DrawRefused(_("裁判不能解密自己执裁的赛项。"), "judge")


def _require_fit(row: Draw) -> None:
    if not lots.fits(drawn_codes(row), row.salt, row.commitment):
        raise DrawRefused(
            _("第 %(level)s 次抽签的封存值对不上，请停止并报告监督。")
            % {"level": row.level},
            "commitment",
        )
