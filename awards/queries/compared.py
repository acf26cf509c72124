"""Grades in force of the people that a list is compared with, read in bulk."""

from collections.abc import Iterable
from itertools import islice

from awards.comparing.grades import GradesHere
from people.models import GradeConfirmation, GradeHeld

AT_ONCE = 5000


def grades_here(persons: Iterable[int]) -> GradesHere:
    """Return the grades in force of these people, and where they confirmed none."""
    here = GradesHere()
    rest = iter(persons)
    while ids := list(islice(rest, AT_ONCE)):
        wanted = {"person__in": ids, "withdrawn_at__isnull": True}
        here.add(
            GradeHeld.objects.filter(**wanted).order_by("-grade", "pk"),
            GradeConfirmation.objects.filter(**wanted),
        )
    return here
