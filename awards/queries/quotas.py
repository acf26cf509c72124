"""What is left of the numbers that documents put on titles, read from the registers.

Counted are titles recorded and titles proposed elsewhere; one person counts once.
"""

from collections.abc import Iterable, Sequence

from awards.core.engine import Decision
from awards.core.quotas import Given, Quota, limits_of, quotas_left
from awards.core.rulebook import Rulebook
from awards.core.vocabulary import DecisionState
from awards.enums import OutcomeKind
from awards.models import Entitlement
from awards.queries.known_facts import ENDED
from people.models import TitleHeld
from scoring.models import Release


def quotas_for(
    decisions: Sequence[Decision], rulebooks: Iterable[Rulebook], release: Release
) -> list[Quota]:
    """What is left of each number that ``decisions`` about a release would use.

    Two queries where a number is touched, none where none is.
    """
    limits = limits_of(rulebooks)
    named = {d.value for d in decisions if d.state is DecisionState.ENTITLED}
    touched = [limit for limit in limits if limit.value in named]
    if not touched:
        return []
    values = {limit.value for limit in touched}
    again = {decision.person for decision in decisions}
    given = [*titles_held(values), *_proposed(values, release, again)]
    return quotas_left(touched, decisions, given)


def titles_held(values: set[str]) -> list[Given]:
    """Titles recorded with the day they were given, of everybody in the registers."""
    rows = TitleHeld.objects.filter(
        title__in=values, withdrawn_at__isnull=True, awarded_on__isnull=False
    ).select_related("person")
    return [
        Given(
            str(row.person.survivor_id or row.person_id),
            row.title,
            row.awarded_on,
            row.person.home_region,
        )
        for row in rows
        if row.awarded_on is not None
    ]


def _proposed(values: set[str], release: Release, again: set[str]) -> list[Given]:
    """Titles proposed before, without those that this evaluation decides anew."""
    people = {int(key) for key in again if key.isdigit()}
    units = {int(key.removeprefix("unit:")) for key in again if not key.isdigit()}
    rows = (
        Entitlement.objects.filter(kind=OutcomeKind.TITLE, value__in=values)
        .exclude(state__in=ENDED)
        .exclude(release__competition=release.competition_id, person__in=people)
        .exclude(release__competition=release.competition_id, unit__in=units)
        .select_related("release__competition", "person", "decision")
        .defer("release__text", "release__source")
    )
    return [
        Given(
            _holder(row),
            row.value,
            row.release.competition.ends_on,
            row.region,
            row.decision.rulebook,
        )
        for row in rows
    ]


def _holder(row: Entitlement) -> str:
    """Whom a proposal is about, as the engine names them; duplicates are one person."""
    if row.person is None:
        return row.subject_key
    return str(row.person.survivor_id or row.person_id)
