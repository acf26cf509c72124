"""Who may be admitted to a pool: by an entitlement, or by a criterion of the bureau.

Proposes and never admits.  Everything is asked of the scope it is given (access.py); a
duplicate and its survivor are one person.  The number of queries depends on the criteria,
never on the people.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from awards.core.talent import LEVELS, Asked, asked_from
from awards.enums import EntitlementState, OutcomeKind, PoolBasis
from awards.models import Entitlement, Pool, PoolCriterion, PoolDecline, PoolEntry
from awards.queries.honours import people_with_results
from competitions.models import Appointment, EntryCoach, EntryExpert
from people.models import (
    GradeHeld,
    HolderFact,
    Person,
    ProfessionalTitle,
    TitleHeld,
)

GRANTED = (EntitlementState.GRANTED, EntitlementState.DELIVERED)
ENDED = (
    EntitlementState.REFUSED,
    EntitlementState.REVOKED,
    EntitlementState.SUPERSEDED,
)
ROLES = ("chief-judge", "judge")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person a pool may take, and on what; ``was_in`` when they left it before."""

    person: int
    sort_key: str
    basis: str
    evidence: str
    entitlement: int | None = None
    criterion: int | None = None
    was_in: bool = False


def candidates_of(
    pool: Pool,
    *,
    people: QuerySet[Person],
    entitlements: QuerySet[Entitlement],
    today: date,
) -> list[Candidate]:
    """Everybody proposed for the pool and not in it, by pinyin; each person once.

    An entitlement comes before a criterion.  Who was declined is left out.
    """
    known = dict(people.order_by().values_list("pk", "sort_key"))
    past = _past_of(pool)
    found: dict[int, Candidate] = {}
    for person, basis, text, right, criterion in (
        *_by_entitlement(pool, entitlements, past),
        *_by_criterion(pool, today),
    ):
        if person in known and person not in past.closed:
            found.setdefault(
                person,
                Candidate(
                    person,
                    known[person],
                    basis,
                    text,
                    entitlement=right,
                    criterion=criterion,
                    was_in=person in past.left,
                ),
            )
    return sorted(found.values(), key=lambda row: (row.sort_key, row.person))


@dataclass(frozen=True, slots=True)
class _Past:
    """Who is in or declined, who left, which entitlements have served their turn."""

    closed: frozenset[int]
    left: frozenset[int]
    used: frozenset[int | None]
    survivor: Mapping[int, int]


def _past_of(pool: Pool) -> _Past:
    survivor = survivors()
    closed: set[int] = set()
    left: set[int] = set()
    used: set[int | None] = set()
    entries = PoolEntry.objects.filter(pool=pool, undone_at__isnull=True)
    for person, left_at, entitlement in entries.values_list(
        "person_id", "left_at", "entitlement_id"
    ):
        (left if left_at else closed).add(survivor.get(person, person))
        used.add(entitlement)
    declined = PoolDecline.objects.filter(pool=pool, undone_at__isnull=True)
    closed |= {survivor.get(pk, pk) for pk in declined.values_list("person", flat=True)}
    return _Past(frozenset(closed), frozenset(left), frozenset(used), survivor)


Found = tuple[int, str, str, int | None, int | None]


def _by_entitlement(
    pool: Pool, entitlements: QuerySet[Entitlement], past: _Past
) -> Iterable[Found]:
    for row in proposals_for(pool, entitlements):
        if row.person_id is not None and row.pk not in past.used:
            person = past.survivor.get(row.person_id, row.person_id)
            yield person, PoolBasis.ENTITLEMENT, _words_of(row), row.pk, None


def _by_criterion(pool: Pool, today: date) -> Iterable[Found]:
    for criterion in criteria_of(pool):
        for person, text in met_by(asked_from(criterion.asked), today).items():
            yield person, PoolBasis.CRITERION, text, None, criterion.pk


def proposals_for(
    pool: Pool, entitlements: QuerySet[Entitlement]
) -> QuerySet[Entitlement]:
    """The entitlements that propose their people for this pool."""
    rows = entitlements.filter(kind=OutcomeKind.POOL, person__isnull=False)
    rows = rows.filter(value__in=[pool.name, *pool.takes])
    if pool.waits_for_grant:
        rows = rows.filter(state__in=GRANTED)
    else:
        rows = rows.exclude(state__in=ENDED)
    return (
        rows.select_related("release__competition", "decision")
        .defer("release__text", "release__source")
        .order_by("pk")
    )


def criteria_of(pool: Pool) -> QuerySet[PoolCriterion]:
    """The criteria of a pool in force, in the order they were written."""
    return pool.criteria.filter(withdrawn_at__isnull=True).order_by("pk")


def _words_of(row: Entitlement) -> str:
    return _("%(competition)s：%(value)s，%(state)s（R-%(pk)s）") % {
        "competition": row.release.competition.name,
        "value": row.value,
        "state": row.get_state_display(),
        "pk": row.pk,
    }


def met_by(asked: Asked, today: date) -> dict[int, str]:
    """Everybody who meets a criterion now, with the facts it stands on, by survivor."""
    survivor = survivors()
    parts = []
    if asked.grade is not None:
        parts.append(_grades(asked))
    if asked.titles:
        parts.append(_titles(asked))
    if asked.level:
        parts.append(_levels(asked))
    if asked.holder:
        parts.append(_holders(asked))
    if asked.services:
        parts.append(_services(asked, today))
    if asked.asks_result:
        parts.append(people_with_results(asked, today).items())
    merged = [_as_survivors(part, survivor) for part in parts]
    if not merged:
        return {}
    everybody = set(merged[0]).intersection(*merged[1:])
    return {pk: _("；").join(part[pk] for part in merged) for pk in sorted(everybody)}


def survivors() -> dict[int, int]:
    """The survivor of every duplicate there is; whoever is not named is their own."""
    rows = Person.objects.filter(survivor__isnull=False)
    above = dict(rows.order_by().values_list("pk", "survivor_id"))
    found = {}
    for pk in above:
        last = pk
        while last in above:
            last = above[last]
        found[pk] = last
    return found


def _as_survivors(
    part: Iterable[tuple[int, str]], survivor: Mapping[int, int]
) -> dict[int, str]:
    found: dict[int, str] = {}
    for person, text in part:
        found.setdefault(survivor.get(person, person), text)
    return found


def _grades(asked: Asked) -> Iterable[tuple[int, str]]:
    rows = GradeHeld.objects.filter(
        withdrawn_at__isnull=True, grade__gte=asked.grade or 0
    )
    if asked.occupation:
        rows = rows.filter(occupation_code=asked.occupation)
    for row in rows.order_by("-grade", "pk"):
        occupation = row.occupation_name or row.occupation_code
        yield row.person_id, _proved(f"{occupation} {row.grade_label}", row.evidence)


def _titles(asked: Asked) -> Iterable[tuple[int, str]]:
    rows = TitleHeld.objects.filter(withdrawn_at__isnull=True, title__in=asked.titles)
    for row in rows.order_by("-awarded_on", "pk"):
        yield row.person_id, _proved(row.title, row.evidence)


def _levels(asked: Asked) -> Iterable[tuple[int, str]]:
    wanted = LEVELS[LEVELS.index(asked.level) :]
    rows = ProfessionalTitle.objects.filter(
        withdrawn_at__isnull=True, level__in=wanted
    ).order_by("pk")
    for row in rows:
        text = f"{row.name}（{row.get_level_display()}）"
        yield row.person_id, _proved(text, row.evidence)


def _holders(asked: Asked) -> Iterable[tuple[int, str]]:
    rows = HolderFact.objects.filter(
        withdrawn_at__isnull=True, holds=True, kind__in=asked.holder
    ).order_by("pk")
    for row in rows:
        yield row.person_id, _proved(str(row.get_kind_display()), row.evidence)


def _proved(text: str, evidence: str) -> str:
    return f"{text}（{evidence}）" if evidence else text


def _services(asked: Asked, today: date) -> Iterable[tuple[int, str]]:
    held = [role for role in ROLES if role in asked.services]
    rows = Appointment.objects.filter(
        _of_competitions(asked, today, ""), role__in=held, withdrawn_at__isnull=True
    ).select_related("competition", "skill")
    for row in rows.order_by("-competition__ends_on", "pk"):
        skill = f" {row.skill.name}" if row.skill else ""
        text = f"{row.competition.name}{skill}：{row.get_role_display()}"
        yield row.person_id, text
    for name, model, word in (
        ("coach", EntryCoach, _("教练")),
        ("expert", EntryExpert, _("专家组成员")),
    ):
        if name not in asked.services:
            continue
        where = _of_competitions(asked, today, "entry__skill__")
        stood = model._default_manager.filter(where)
        for stand in stood.select_related("entry__skill__competition").order_by(
            "-entry__skill__competition__ends_on", "pk"
        ):
            skill_ = stand.entry.skill
            yield stand.person_id, f"{skill_.competition.name} {skill_.name}：{word}"


def _of_competitions(asked: Asked, today: date, path: str) -> Q:
    """Real competitions that are over, of the tiers and years asked for."""
    where = Q(
        **{
            f"{path}competition__is_rehearsal": False,
            f"{path}competition__ends_on__lte": today,
        }
    )
    if asked.tiers:
        where &= Q(**{f"{path}competition__tier__in": asked.tiers})
    if asked.years is not None:
        since = today.year - asked.years
        where &= Q(**{f"{path}competition__ends_on__year__gt": since})
    return where
