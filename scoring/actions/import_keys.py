"""Keys for machines that hand in marks: issued once, used many times, revoked at once."""

import secrets
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from competitions.actions.record import lock, note
from competitions.enums import EventRole
from competitions.models import Skill
from competitions.queries import event_roles_of
from people.models import User
from scoring.actions.mark_imports import import_marks
from scoring.errors import MarkingRefused
from scoring.mark_files import MarkFile, SentMark, check_marks
from scoring.models import ImportKey

PREFIX = "leitai-"


def key_digest(text: str) -> str:
    """What is stored of a key."""
    return sha256(text.encode("utf-8", "replace")).hexdigest()


@transaction.atomic
def issue_key(
    skill: Skill, *, name: str, by: User, at: datetime
) -> tuple[ImportKey, str]:
    """Issue a key for one machine; return it with its text, which is never shown again.

    Only a results officer, because what comes in with the key counts as theirs.
    """
    lock(skill.competition, at=at)
    if EventRole.RESULTS_OFFICER not in event_roles_of(by, skill):
        raise MarkingRefused(_("成绩文件由成绩管理员导入。"), "not-results-officer")
    if not name.strip():
        raise MarkingRefused(_("请写明是哪台设备或哪个系统。"), "name-missing")
    text = PREFIX + secrets.token_urlsafe(32)
    key = ImportKey.objects.create(
        skill=skill,
        name=name.strip()[:40],
        digest=key_digest(text),
        issued_by=by,
        issued_at=at,
    )
    body = {"skill": skill.pk, "key": key.pk, "name": key.name}
    note(skill.competition, "import-key-issued", body, by=by, at=at)
    return key, text


@transaction.atomic
def revoke_key(key: ImportKey, *, by: User, at: datetime) -> None:
    """Let nothing more come in with a key; what came in stands."""
    lock(key.skill.competition, at=at)
    if ImportKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=at):
        body = {"skill": key.skill_id, "key": key.pk}
        note(key.skill.competition, "import-key-revoked", body, by=by, at=at)


@transaction.atomic
def hand_in(
    key: ImportKey, marks: list[SentMark], *, digest: str, at: datetime
) -> MarkFile:
    """Enter what a machine sent: all of it, or nothing and the reasons.

    ``digest`` names the body: the same body again enters nothing new.
    """
    ImportKey.objects.filter(pk=key.pk).update(used_at=at)
    found = check_marks(key.skill, marks, name=key.name, digest=digest)
    if found.is_clean:
        device = f"api:{key.pk}"
        import_marks(key.skill, file=found, by=key.issued_by, at=at, device=device)
    return found
