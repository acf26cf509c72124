"""Codes for competitors' own pages: issued on slips, tried, ended.

A code is known at the one moment it is issued; stored is a keyed hash.  No event, log or
address holds one.
"""

import hmac
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.core import codes
from awards.errors import ResultCodeRefused
from awards.models import ResultCode, ResultCodeFailure
from competitions.models import Competition
from ledger.actions import EventDraft, append
from ledger.core.chain import competition_chain
from people.fields import blind_index
from people.models import Person, User

MOST_SLIPS = 200
PURPOSE = "result-code"


def issue_result_codes(
    competition: Competition,
    people: Sequence[Person],
    *,
    expires_at: datetime,
    by: User,
    at: datetime,
) -> list[tuple[ResultCode, str]]:
    """Give each of ``people`` a new code for a competition, in their order.

    Whoever holds a code there already loses it.  Raises ResultCodeRefused: a rehearsal,
    nobody, more than 200 at once, an end that has passed.
    """
    _require(competition, people, expires_at, at)
    fresh = [(person, _letters(codes.SECRET)) for person in people]
    with transaction.atomic():
        old = ResultCode.objects.select_for_update().filter(
            competition=competition, person__in=people, revoked_at__isnull=True
        )
        replaced = old.update(revoked_at=at, revoked_by=by, revoke_reason=_("已换发"))
        slips = _slips(len(fresh))
        rows = ResultCode.objects.bulk_create(
            ResultCode(
                competition=competition,
                person=person,
                slip=slip,
                code_hash=_hash(slip, secret),
                issued_by=by,
                issued_at=at,
                expires_at=expires_at,
            )
            for slip, (person, secret) in zip(slips, fresh, strict=True)
        )
        body = {
            "slips": [row.slip for row in rows],
            "people": [f"person:{row.person_id}" for row in rows],
            "replaced": replaced,
            "expires_at": expires_at.isoformat(),
        }
        _note(competition.pk, "result-codes-issued", body, by=by.actor, at=at)
    return [
        (row, codes.joined_code(row.slip, secret))
        for row, (_person, secret) in zip(rows, fresh, strict=True)
    ]


@transaction.atomic
def revoke_result_code(
    code: ResultCode, *, reason: str, by: User, at: datetime
) -> ResultCode:
    """End a code before its time; twice changes nothing."""
    if not reason.strip():
        raise ResultCodeRefused("reason", _("请写明停用的理由。"))
    row = ResultCode.objects.select_for_update().get(pk=code.pk)
    if row.revoked_at is not None:
        return row
    row.revoked_at, row.revoked_by, row.revoke_reason = at, by, reason.strip()[:300]
    row.save(update_fields=["revoked_at", "revoked_by", "revoke_reason"])
    body = {"slip": row.slip, "person": f"person:{row.person_id}"}
    _note(row.competition_id, "result-code-revoked", body, by=by.actor, at=at)
    return row


def open_with_code(text: str, *, address: str, at: datetime) -> ResultCode | None:
    """Return the code in force that ``text`` is, or None, whatever the reason.

    A try is counted before it is looked at.  Five wrong ones stop a slip for 15 minutes,
    thirty stop an address; then the answer is None even for the right code.
    """
    parts = codes.split_code(text)
    slip, secret = parts or ("", "")
    whence = blind_index("result-code-address", address)
    with transaction.atomic():
        row = ResultCode.objects.select_for_update().filter(slip=slip).first()
        failure = _begin(row, whence, at)
    right = hmac.compare_digest(
        _hash(slip, secret) or " ", row.code_hash if row is not None else ""
    )
    if row is None or failure is None or not right:
        return None
    ResultCodeFailure.objects.filter(Q(code=row) | Q(pk=failure.pk)).delete()
    if row.revoked_at is not None or row.expires_at <= at:
        return None
    _opened(row, at)
    return row


@transaction.atomic
def _begin(
    row: ResultCode | None, whence: str, at: datetime
) -> ResultCodeFailure | None:
    """Count a try, unless the slip or the address is stopped."""
    old = ResultCodeFailure.objects.filter(failed_at__lte=at - codes.PAUSE)
    old.delete()
    recent = ResultCodeFailure.objects.filter(failed_at__gt=at - codes.PAUSE)
    if whence:
        moments = recent.filter(address=whence).values_list("failed_at", flat=True)
        if codes.is_locked(moments, at, tries=codes.FROM_ONE_ADDRESS):
            return None
    if row is not None:
        moments = recent.filter(code=row).values_list("failed_at", flat=True)
        if codes.is_locked(moments, at, tries=codes.TRIES):
            return None
    return ResultCodeFailure.objects.create(code=row, address=whence, failed_at=at)


@transaction.atomic
def _opened(row: ResultCode, at: datetime) -> None:
    """Note the opening: once a day in the ledger."""
    today = timezone.localdate(at)
    before = row.opened_at
    if before is None or timezone.localdate(before) != today:
        body = {"slip": row.slip, "person": f"person:{row.person_id}"}
        actor = f"slip:{row.slip}"
        _note(row.competition_id, "result-code-opened", body, by=actor, at=at)
    ResultCode.objects.filter(pk=row.pk).update(opened_at=at)


def _require(
    competition: Competition,
    people: Sequence[Person],
    expires_at: datetime,
    at: datetime,
) -> None:
    if competition.is_rehearsal:
        raise ResultCodeRefused("rehearsal", _("演练没有成绩可查，不发查询条。"))
    if not people:
        raise ResultCodeRefused("nobody", _("请先勾选要发查询条的选手。"))
    if len(people) > MOST_SLIPS:
        raise ResultCodeRefused(
            "too-many",
            _("一次最多打印 %(n)d 张查询条，请分批。") % {"n": MOST_SLIPS},
        )
    if expires_at <= at:
        raise ResultCodeRefused("expired", _("有效期要在今天以后。"))


def _hash(slip: str, secret: str) -> str:
    return blind_index(PURPOSE, slip + secret)


def _letters(count: int) -> str:
    return "".join(secrets.choice(codes.LETTERS) for _place in range(count))


def _slips(count: int) -> list[str]:
    """So many numbers of slips that none has yet."""
    found: set[str] = set()
    while len(found) < count:
        wanted = {_letters(codes.SLIP) for _place in range(count - len(found))}
        taken = ResultCode.objects.filter(slip__in=wanted)
        found |= wanted - set(taken.values_list("slip", flat=True))
    return sorted(found)


def _note(
    competition: int, kind: str, body: Mapping[str, object], *, by: str, at: datetime
) -> None:
    drafts = [EventDraft(kind, dict(body))]
    append(competition_chain(competition), drafts, actor=by, at=at)
