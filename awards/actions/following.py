"""What becomes of entitlements when their decisions are made again.

What is still being prepared follows the decision: kept, proposed anew, superseded.  What
has been announced, filed or answered is never replaced in silence: it moves over to the
decision now in force and is marked 依据已变化, for a human to decide about.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from awards.enums import BasisChoice, DecisionState, EntitlementState
from awards.models import BasisChange, Decision, Entitlement, EntitlementStep
from awards.queries.decided import Key, key_of

DAYS_TO_FILE = 30  # house setting: after that an entitlement shows as overdue
CHANGED = "依据已变化"
REPLACEABLE = (EntitlementState.PROPOSED, EntitlementState.MATERIAL_COMPLETE)
WITHDRAWN = (EntitlementState.REVOKED, EntitlementState.SUPERSEDED)


@dataclass(slots=True)
class Followed:
    """What following a change comes to, gathered before it is written."""

    moved: list[Entitlement] = field(default_factory=list)
    proposed: list[Entitlement] = field(default_factory=list)
    lost: list[Entitlement] = field(default_factory=list)
    restored: list[Entitlement] = field(default_factory=list)
    changed: list[tuple[Entitlement, Decision, Decision | None]] = field(
        default_factory=list
    )


def follow(
    rows: Sequence[Decision], gone: Sequence[Decision], *, at: datetime
) -> tuple[list[int], list[int]]:
    """Bring entitlements after their decisions: ``gone`` made way for ``rows``.

    Returns the ids of those superseded and of those marked as standing on changed facts.
    """
    held, ended = _entitlements(gone)
    old = {key_of(row): row for row in gone}
    plan = Followed()
    for row in rows:
        key = key_of(row)
        before = held.pop(key, None)
        if before is not None:
            _follow_one(plan, before, row, at=at)
        elif row.state == DecisionState.ENTITLED:
            withdrawn = ended.get(key)
            if withdrawn is not None and _says_the_same(old[key], row):
                _move(plan, withdrawn, row)
            else:
                plan.proposed.append(proposal(row, at=at))
    for before in held.values():
        if before.state in REPLACEABLE:
            plan.lost.append(before)
        else:
            plan.changed.append((before, before.decision, None))
    _write(plan, at=at)
    return [row.pk for row in plan.lost], [row.pk for row, _b, _a in plan.changed]


def _entitlements(
    gone: Sequence[Decision],
) -> tuple[dict[Key, Entitlement], dict[Key, Entitlement]]:
    """What hangs on these decisions by their keys: what stands, and what was withdrawn."""
    held: dict[Key, Entitlement] = {}
    ended: dict[Key, Entitlement] = {}
    rows = Entitlement.objects.filter(decision__in=gone).select_related("decision")
    for row in rows.select_for_update(of=("self",)).order_by("pk"):
        chosen = ended if row.state in WITHDRAWN else held
        chosen[key_of(row.decision)] = row
    return held, ended


def _says_the_same(old: Decision, new: Decision) -> bool:
    return (old.state, old.value) == (new.state, new.value)


def _follow_one(
    plan: Followed, before: Entitlement, row: Decision, *, at: datetime
) -> None:
    old = before.decision
    stands = row.state == DecisionState.ENTITLED and row.value == before.value
    if stands:
        if before.basis_changed:
            plan.restored.append(before)
        _move(plan, before, row)
    elif before.state in REPLACEABLE:
        plan.lost.append(before)
        if row.state == DecisionState.ENTITLED:
            plan.proposed.append(proposal(row, at=at))
    else:
        known = not _entitles(old, before) and _says_the_same(old, row)
        if not known or before.basis_changed:
            plan.changed.append((before, old, row))
        _move(plan, before, row)


def _entitles(decision: Decision, entitlement: Entitlement) -> bool:
    """Whether a decision gives what an entitlement is."""
    gives = decision.state == DecisionState.ENTITLED
    return gives and decision.value == entitlement.value


def replaces(decision: Decision, withdrawn: Entitlement) -> bool:
    """Whether a decision in force gives something else than what was withdrawn."""
    entitled = decision.is_current and decision.state == DecisionState.ENTITLED
    return entitled and decision.value != withdrawn.value


def _move(plan: Followed, entitlement: Entitlement, row: Decision) -> None:
    entitlement.decision, entitlement.release_id = row, row.release_id
    entitlement.region = row.region
    plan.moved.append(entitlement)


def _write(plan: Followed, *, at: datetime) -> None:
    for entitlement in plan.restored:
        entitlement.basis_changed = False
    for entitlement, _before, _after in plan.changed:
        entitlement.basis_changed = True
    marked = [entitlement for entitlement, _b, _a in plan.changed]
    Entitlement.objects.bulk_update(
        dict.fromkeys([*plan.moved, *marked]),
        ["decision", "release", "region", "basis_changed"],
        batch_size=500,
    )
    Entitlement.objects.bulk_create(plan.proposed)
    _supersede(plan.lost, at=at)
    _settle(plan.restored, BasisChoice.RESTORED, at=at)
    _settle(plan.lost, BasisChoice.WITHDRAWN, at=at)
    _mark(plan.changed, at=at)


def _supersede(rows: Sequence[Entitlement], *, at: datetime) -> None:
    EntitlementStep.objects.bulk_create(
        EntitlementStep(
            entitlement=row,
            before=row.state,
            after=EntitlementState.SUPERSEDED,
            reason=CHANGED,
            at=at,
        )
        for row in rows
    )
    Entitlement.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=EntitlementState.SUPERSEDED,
        state_reason=CHANGED,
        changed_at=at,
        basis_changed=False,
    )


def _settle(rows: Iterable[Entitlement], choice: BasisChoice, *, at: datetime) -> None:
    waiting = BasisChange.objects.filter(
        entitlement__in=[row.pk for row in rows], settled_at__isnull=True
    )
    waiting.update(choice=choice, settled_at=at)


def _mark(
    changed: Sequence[tuple[Entitlement, Decision, Decision | None]], *, at: datetime
) -> None:
    """Note what changed; an open note of an earlier change keeps where it began."""
    ids = [row.pk for row, _before, _after in changed]
    waiting: Mapping[int, BasisChange] = {
        row.entitlement_id: row
        for row in BasisChange.objects.filter(
            entitlement__in=ids, settled_at__isnull=True
        )
    }
    fresh, known = [], []
    for entitlement, before, after in changed:
        release = entitlement.release_id if after is None else after.release_id
        note = waiting.get(entitlement.pk)
        if note is not None:
            note.after, note.release_id, note.found_at = after, release, at
            known.append(note)
            continue
        fresh.append(
            BasisChange(
                entitlement=entitlement,
                before=before,
                after=after,
                release_id=release,
                is_correction=release != before.release_id,
                found_at=at,
            )
        )
    BasisChange.objects.bulk_update(known, ["after", "release", "found_at"])
    BasisChange.objects.bulk_create(fresh)


def proposal(row: Decision, *, at: datetime) -> Entitlement:
    """An entitlement as a decision first proposes it, not yet stored."""
    return Entitlement(
        decision=row,
        person_id=row.person_id,
        unit_id=row.unit_id,
        release_id=row.release_id,
        kind=row.kind,
        value=row.value,
        region=row.region,
        authority=row.detail.get("authority", ""),
        due_on=timezone.localdate(at) + timedelta(days=DAYS_TO_FILE),
        changed_at=at,
    )
