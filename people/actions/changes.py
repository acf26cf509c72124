"""How a change to a person's facts is kept: encrypted values here, digests in the ledger."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime

from ledger.actions import EventDraft, append, lock_chains
from ledger.core.chain import installation_chain
from people.models import Change
from people.policy import Actor, actor_of
from people.privacy import retain_changes_until


def lock(*, at: datetime) -> None:
    """Let one change to people go on at a time: lock the chain, before any row."""
    lock_chains([installation_chain()], at=at)


def note(type_: str, body: Mapping[str, object], *, by: Actor, at: datetime) -> None:
    """Append one event about people to the installation's chain."""
    draft = EventDraft(type=type_, body=body)
    append(installation_chain(), [draft], actor=actor_of(by), at=at)


def keep_changes(
    object_ref: str,
    changes: Mapping[str, tuple[str, str]],
    *,
    by: Actor,
    at: datetime,
) -> dict[str, str]:
    """Store each field's old and new value; return the salted digest of each field."""
    rows = []
    for field, (before, after) in changes.items():
        salt = secrets.token_hex(16)
        text = "\x00".join((salt, object_ref, field, before, after))
        rows.append(
            Change(
                object_ref=object_ref,
                field=field,
                before=before,
                after=after,
                salt=salt,
                digest=hashlib.sha256(text.encode()).hexdigest(),
                by=actor_of(by),
                at=at,
                retain_until=retain_changes_until(at.date()),
            )
        )
    Change.objects.bulk_create(rows)
    return {row.field: row.digest for row in rows}
