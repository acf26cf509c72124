"""Who else stands behind an entry, and ties that judges declare themselves."""

from django.db import models
from django.db.models import Q

from competitions.models.competitions import Competition, Entry
from people.models import Organization, Person, User


class EntryExpert(models.Model):
    """A member of the expert team (专家组, 技术团队) behind an entry, in order."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="experts")
    person = models.ForeignKey(Person, models.PROTECT, related_name="expert_entries")
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "person"], name="entry_expert_once"
            )
        ]
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.entry} {self.position}"


class DeclaredTie(models.Model):
    """自报回避: somebody tied to an entry or a unit by kinship, pay or the like.

    It names an entry or an organization; the reason is for those who run the skill.
    """

    competition = models.ForeignKey(
        Competition, models.PROTECT, related_name="declared_ties"
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="declared_ties")
    entry = models.ForeignKey(
        Entry, models.PROTECT, null=True, blank=True, related_name="declared_ties"
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=300)
    declared_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(entry__isnull=False) | Q(organization__isnull=False),
                name="declared_tie_names_something",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.entry_id or self.organization_id}"
