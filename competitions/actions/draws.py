"""Drawing lots: codes level by level, each sealed by a commitment."""

import hashlib
import json
import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from competitions.actions.record import lock, note
from competitions.core import draw as lots
from competitions.enums import EventRole
from competitions.errors import DrawRefused
from competitions.models import Draw, Entry, Skill
from competitions.queries import TAKING_PART, draws_of, event_roles_of, keepers_of
from people.models import User
from people.policy import Actor


@transaction.atomic
def draw_codes(skill: Skill, *, level: int, seed: str, by: User, at: datetime) -> Draw:
    """Draw one level's codes for every entry that takes part.

    The seed decides the draw; seed and codes are stored encrypted, and the commitment
    to them goes to the ledger before anything is marked.  Levels are drawn in order,
    each by an officer of its own, none of whom judges.
    """
    lock(skill.competition, at=at)
    _check_draw(skill, level, seed, by)
    entries = list(Entry.objects.filter(skill=skill, state__in=TAKING_PART))
    if not entries:
        raise DrawRefused(_("没有审核通过的参赛，无法抽签。"), "no-entries")
    kind = lots.kind_of_level(level, skill.draw_levels)
    codes = lots.draw([entry.key for entry in entries], kind, seed)
    salt = secrets.token_hex(16)
    row = Draw.objects.create(
        skill=skill,
        level=level,
        officer=by,
        drawn_at=at,
        commitment=lots.commitment(codes, salt),
        salt=salt,
        mapping=json.dumps({"seed": seed, "codes": codes}, ensure_ascii=False),
    )
    if kind == lots.CodeKind.BIB:
        _write(entries, "bib", codes)
    if level == skill.draw_levels:
        _write(entries, "code", codes)
        _write(entries, "alias", lots.aliases(list(codes), salt))
    body = {
        "skill": skill.pk,
        "level": level,
        "entries": len(entries),
        "commitment": row.commitment,
        "seed_digest": hashlib.sha256(f"{salt}{seed}".encode()).hexdigest(),
    }
    note(skill.competition, "seal", body, by=by, at=at)
    return row


def _check_draw(skill: Skill, level: int, seed: str, by: User) -> None:
    if skill.draw_levels == 0:
        raise DrawRefused(_("本赛项不抽签加密，请直接编工位号。"), "no-levels")
    done = list(draws_of(skill))
    if level != len(done) + 1 or level > skill.draw_levels:
        raise DrawRefused(
            _("抽签按次序进行：已完成 %(done)s 次，共 %(all)s 次。")
            % {"done": len(done), "all": skill.draw_levels},
            "order",
        )
    if not seed.strip():
        raise DrawRefused(_("请输入抽签种子，例如现场摇出的数字。"), "seed")
    roles = event_roles_of(by, skill)
    if EventRole.DRAW_OFFICER not in roles:
        raise DrawRefused(_("只有加密裁判可以抽签。"), "not-officer")
    had = {draw.officer_id for draw in done}
    had |= {user.pk for user in keepers_of(skill).values()}
    if by.pk in had:
        raise DrawRefused(_("每一次抽签须由不同的加密裁判主持。"), "same-officer")


def _write(entries: list[Entry], field: str, values: dict[str, str]) -> None:
    for entry in entries:
        setattr(entry, field, values[entry.key])
    if field == "code":  # codes are unique per skill: clear before exchanging
        Entry.objects.filter(pk__in=[entry.pk for entry in entries]).update(code="")
    Entry.objects.bulk_update(entries, [field])


@transaction.atomic
def assign_codes(skill: Skill, *, by: Actor, at: datetime) -> int:
    """Number the workstations in order of key where nothing is drawn; return how many.

    Entries that have a code keep it; new ones get the next free number.
    """
    if skill.draw_levels:
        raise DrawRefused(_("本赛项要抽签加密，不能直接编号。"), "draw-needed")
    entries = list(
        Entry.objects.filter(skill=skill, state__in=TAKING_PART).order_by("key", "pk")
    )
    taken = {entry.code for entry in entries if entry.code}
    fresh = [entry for entry in entries if not entry.code]
    if not fresh:
        return 0
    numbers = (
        code
        for number in range(1, len(entries) + len(taken) + 1)
        if (code := lots.code(lots.CodeKind.WORKSTATION, number)) not in taken
    )
    _write(fresh, "code", {entry.key: next(numbers) for entry in fresh})
    names = lots.aliases([entry.key for entry in entries], secrets.token_hex(16))
    _write(entries, "alias", names)
    body = {"skill": skill.pk, "entries": len(fresh)}
    note(skill.competition, "codes-assigned", body, by=by, at=at)
    return len(fresh)
