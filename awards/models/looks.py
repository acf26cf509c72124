"""Who looked at whom, and which two files a bureau has found to be two people."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from awards.enums import LookPlace
from people.models import Organization, Person, User


class PersonLook(models.Model):
    """Somebody of a bureau looked at a person that day; once per place and day."""

    bureau = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="looks")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    place = models.CharField(max_length=12, choices=LookPlace.choices)
    day = models.DateField()
    first_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "bureau", "user", "place", "day"],
                name="person_look_once_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.user_id} {self.day}"


class DistinctPair(models.Model):
    """Two files that look alike and are, as a bureau has found, two people.

    ``first`` is the lower id.  Withdrawn when it turns out otherwise; never deleted.
    """

    bureau = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    first = models.ForeignKey(Person, models.PROTECT, related_name="+")
    second = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reason = models.CharField(_("依据"), max_length=200)
    stated_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    stated_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="distinct_pair_in_order"
            ),
            models.UniqueConstraint(
                fields=["bureau", "first", "second"],
                condition=Q(withdrawn_at__isnull=True),
                name="distinct_pair_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id}"
