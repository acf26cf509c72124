"""What a corrected release does to the certificates of the results it corrects.

The correction itself was agreed to by two people; what follows from it needs no other
pair of eyes.
"""

import json
from datetime import datetime
from typing import Any

from django.db import transaction

from awards.actions.certificates.issuing import award_in
from awards.enums import CertificateState
from awards.models import Certificate
from ledger.actions import EventDraft, append
from ledger.core.chain import competition_chain
from people.policy import Actor, actor_of
from scoring.models import Release, ReleaseSkill

Printed = tuple[str, int | None]  # award as printed, place


@transaction.atomic
def withdraw_corrected(
    release: Release, *, by: Actor, at: datetime
) -> list[Certificate]:
    """Withdraw the certificates whose result ``release`` changes; return them.

    Who no longer has an award: revoked, with the release as the reason.  Who has
    another award or place: superseded, and a new certificate is to be issued.  Who has
    the same as before keeps a valid certificate.
    """
    older = ReleaseSkill.objects.filter(superseded_by=release)
    pairs = set(older.values_list("release_id", "skill_id"))
    rows = Certificate.objects.filter(
        release__in=[release_id for release_id, _skill in pairs],
        skill__in=[skill_id for _release, skill_id in pairs],
        state=CertificateState.VALID,
    ).order_by("pk")
    now = _awarded(release)
    changed = []
    for row in rows:
        entry = now.get((row.skill_id, row.entry_id, row.person_id))
        if entry != _printed(row):
            _withdraw(row, release, is_lost=entry is None, at=at)
            changed.append(row)
    if changed:
        Certificate.objects.bulk_update(
            changed, ["state", "state_reason", "state_changed_at"]
        )
        _record(release, changed, by=by, at=at)
    return changed


def _awarded(release: Release) -> dict[tuple[int, int, int], Printed]:
    """Award and place of every member with an award, by skill, entry and person."""
    return {
        (skill["skill"], entry["entry"], member["person"]): award_in(entry)
        for skill in json.loads(release.text)["skills"]
        for entry in skill["entries"]
        if entry.get("award")
        for member in entry["members"]
    }


def _printed(row: Certificate) -> Printed:
    content: dict[str, Any] = row.content
    return str(content.get("award", "")), content.get("place")


def _withdraw(
    row: Certificate, release: Release, *, is_lost: bool, at: datetime
) -> None:
    row.state_changed_at = at
    if is_lost:
        row.state = CertificateState.REVOKED
        row.state_reason = f"由成绩版本 {release.number} 更正，不再获奖"
    else:
        row.state = CertificateState.SUPERSEDED
        row.state_reason = f"由成绩版本 {release.number} 更正"


def _record(
    release: Release, changed: list[Certificate], *, by: Actor, at: datetime
) -> None:
    chain, actor = competition_chain(release.competition_id), actor_of(by)
    drafts = []
    for kind, state in (
        ("certificates-superseded", CertificateState.SUPERSEDED),
        ("certificates-revoked", CertificateState.REVOKED),
    ):
        numbers = [row.number for row in changed if row.state == state]
        if numbers:
            body = {"release": release.number, "certificates": numbers}
            drafts.append(EventDraft(kind, body))
    append(chain, drafts, actor=actor, at=at)
