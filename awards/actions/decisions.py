"""Derive decisions and entitlements from a release, and again when facts change.

Repeating an evaluation on the same facts writes nothing.  A changed decision gets a new
row; the old one stays, no longer current.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from awards.actions.following import follow
from awards.enums import DecisionState
from awards.models import Decision
from awards.queries.decided import WHOLE, Evaluation, Key, evaluation_of, key_of
from awards.queries.known_facts import known_as
from ledger.actions import EventDraft, append, lock_chains
from ledger.core.chain import competition_chain
from people.models import Person
from people.policy import Actor, actor_of
from scoring.models import Release, ReleaseSkill


def derive_awards(release: Release, *, by: Actor, at: datetime) -> list[Decision]:
    """Evaluate every document in question for a release and store what is decided.

    Returns the decisions in force.  Those of older releases about the same skills are
    put out of force; what they entitled to moves over where the same line stands again.
    Where it does not, what is still prepared is superseded, the rest marked (following).
    """
    return _derive(release, None, by=by, at=at)


def refresh_decisions(person: Person, *, by: Actor, at: datetime) -> list[Decision]:
    """Evaluate again whatever was decided about a person, after facts have changed."""
    return refresh_people([person], by=by, at=at)


def refresh_people(
    persons: Iterable[Person], *, by: Actor, at: datetime
) -> list[Decision]:
    """Evaluate again whatever was decided about these people, release by release."""
    ids = known_as({person.pk for person in persons})
    releases = (
        Release.objects.filter(decisions__person__in=ids, decisions__is_current=True)
        .select_related("competition")
        .distinct()
    )
    found: list[Decision] = []
    for release in releases:
        found += _derive(release, Subjects(ids, frozenset()), by=by, at=at)
    return found


@dataclass(frozen=True, slots=True)
class Subjects:
    """Whom an evaluation is limited to."""

    persons: frozenset[int]
    units: frozenset[int]

    def of(self, rows: QuerySet[Decision]) -> QuerySet[Decision]:
        """Those of the rows that are about them."""
        return rows.filter(Q(person__in=self.persons) | Q(unit__in=self.units))


@transaction.atomic
def _derive(
    release: Release, subjects: Subjects | None, *, by: Actor, at: datetime
) -> list[Decision]:
    chain = competition_chain(release.competition_id)
    locked = lock_chains([chain], at=at)[chain]
    before = _before(release, subjects)
    evaluated = _evaluated(release, subjects, before)
    fresh = [
        found for key, found in evaluated.items() if _differs(before.get(key), found)
    ]
    gone = [
        row
        for key, row in before.items()
        if key not in evaluated or _differs(row, evaluated[key])
    ]
    if fresh or gone:
        rows = _store(release, fresh, gone, at=at)
        superseded, held = follow(rows, gone, at=at)
        body = _summary(release, rows, gone)
        body |= {"superseded": superseded, "held": held}
        append(locked, [EventDraft("awards-derived", body)], actor=actor_of(by), at=at)
    return list(_current(release, subjects))


def _evaluated(
    release: Release, subjects: Subjects | None, before: Mapping[Key, Decision]
) -> dict[Key, Evaluation]:
    """What is decided now, without what another release of the competition holds.

    A rule that speaks of a unit whatever its results speaks once in a competition, also
    where its skills are published one after another.
    """
    if subjects is None:
        rows = evaluation_of(release)
    else:
        rows = evaluation_of(release, subjects.persons, units=subjects.units)
    found = {row.key: row for row in rows}
    if any(key[0] == WHOLE for key in found):
        elsewhere = Decision.objects.filter(
            release__competition=release.competition_id,
            is_current=True,
            detail__is_whole=True,
        ).exclude(pk__in=[row.pk for row in before.values()])
        for row in elsewhere:
            found.pop(key_of(row), None)
    return found


def _current(release: Release, subjects: Subjects | None) -> Iterable[Decision]:
    rows = Decision.objects.filter(release=release, is_current=True)
    rows = rows if subjects is None else subjects.of(rows)
    return rows.select_related("person", "unit", "skill").order_by("pk")


def _before(release: Release, subjects: Subjects | None) -> dict[Key, Decision]:
    """Decisions in force about the skills of a release, by it or by older ones."""
    gone = ReleaseSkill.objects.filter(superseded_by=release).values("release_id")
    skills = release.skills.values("skill_id")
    rows = Decision.objects.filter(is_current=True, skill__in=skills)
    rows = rows.filter(release__in=gone) | rows.filter(release=release)
    if subjects is not None:
        rows = subjects.of(rows)
    # The release itself last: where both speak of one line, it is the one to compare.
    found: dict[Key, Decision] = {}
    for row in sorted(rows, key=lambda row: (row.release_id == release.pk, row.pk)):
        found[key_of(row)] = row
    return found


def _differs(row: Decision | None, found: Evaluation) -> bool:
    return row is None or row.facts_digest != found.fields["facts_digest"]


def _store(
    release: Release,
    fresh: Sequence[Evaluation],
    gone: Sequence[Decision],
    *,
    at: datetime,
) -> list[Decision]:
    Decision.objects.filter(pk__in=[row.pk for row in gone]).update(is_current=False)
    return Decision.objects.bulk_create(
        Decision(
            release=release,
            skill_id=found.outcome.skill,
            entry_id=found.outcome.entry,
            person_id=found.outcome.person,
            unit_id=found.outcome.unit,
            evaluated_at=at,
            **found.fields,
        )
        for found in fresh
    )


def _summary(
    release: Release, rows: Sequence[Decision], gone: Sequence[Decision]
) -> dict[str, object]:
    counts = {
        state.value: sum(row.state == state for row in rows) for state in DecisionState
    }
    digests = "".join(sorted(row.facts_digest for row in rows))
    return {
        "release": release.number,
        "made": len(rows),
        "replaced": len(gone),
        "states": counts,
        "digest": hashlib.sha256(digests.encode()).hexdigest(),
    }
