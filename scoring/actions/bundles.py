"""Handing out the name table of a release: who took it stands in the ledger."""

from datetime import datetime
from hashlib import sha256

from django.db import transaction

from ledger.actions import EventDraft, append
from ledger.core.chain import competition_chain
from people.policy import Actor, actor_of
from scoring.bundle import names_of
from scoring.models import Release


@transaction.atomic
def take_names(release: Release, *, by: Actor, at: datetime) -> bytes:
    """Return the name table that belongs to the release's bundle, and record it."""
    table = names_of(release)
    body = {"release": release.number, "names": sha256(table).hexdigest()}
    chain = competition_chain(release.competition_id)
    append(chain, [EventDraft("export", body)], actor=actor_of(by), at=at)
    return table
