"""What scoring hears of the apps below: a changed tie moves who stands aside.

A mark is checked against the seats stored with its sheet.  They are computed anew as soon
as a person's unit, an expert team or a declared tie has changed, after the commit.
"""

import threading
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from competitions.models import DeclaredTie, EntryExpert, Skill
from people.models import Person
from scoring.actions.teams import review_interests
from scoring.enums import ResultState

ACTOR = "system:interests"
TIES = {"organization", "survivor"}
_waiting = threading.local()


def expert_changed(instance: EntryExpert, **_more: Any) -> None:
    """An expert joined or left an entry."""
    _later(_open_skills(Q(entries=instance.entry_id)))


def tie_changed(instance: DeclaredTie, **_more: Any) -> None:
    """A tie was declared or taken back."""
    _later(_open_skills(Q(competition=instance.competition_id)))


def person_changed(
    instance: Person,
    created: bool,
    update_fields: Iterable[str] | None = None,
    **_more: Any,
) -> None:
    """A person moved to another unit, or turned out to be somebody known."""
    if created or (update_fields is not None and not TIES & set(update_fields)):
        return
    judges = Q(seats__judge__person=instance.pk)
    parties = Q(entries__members__person=instance.pk)
    _later(_open_skills(judges | parties))


def _open_skills(which: Q) -> list[int]:
    rows = Skill.objects.filter(
        which,
        scoring_state__opened_at__isnull=False,
        scoring_state__state=ResultState.PROVISIONAL,
    )
    return list(rows.distinct().values_list("pk", flat=True))


def _later(skills: list[int]) -> None:
    """Each skill once, when the transaction is through."""
    pending: set[int] = getattr(_waiting, "skills", set())
    _waiting.skills = pending | set(skills)
    for pk in skills:
        transaction.on_commit(partial(_review, pk))


def _review(pk: int) -> None:
    pending: set[int] = getattr(_waiting, "skills", set())
    if pk not in pending:
        return
    _waiting.skills = pending - {pk}
    skill = Skill.objects.select_related("competition").filter(pk=pk).first()
    if skill is not None:
        review_interests(skill, by=ACTOR, at=timezone.now())
