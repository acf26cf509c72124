"""A rule applied to a result, and what it entitles to.

Each is about one subject: a person, or a unit (training unit, sending organization).
Every row names the rulebook, the rule and the digest of the text it came from.
"""

from django.db import models

from awards.enums import DecisionState, EntitlementState, OutcomeKind
from competitions.models import Skill
from people.models import Organization, Person
from scoring.models import Release

ONE_SUBJECT = models.Q(person__isnull=False, unit__isnull=True) | models.Q(
    person__isnull=True, unit__isnull=False
)


class OfSubject(models.Model):
    """What is about exactly one subject: a person or a unit."""

    class Meta:
        abstract = True

    person: Person | None
    unit: Organization | None
    person_id: int | None
    unit_id: int | None

    @property
    def subject(self) -> Person | Organization:
        """Whom the row is about; select both relations when reading many."""
        found = self.person or self.unit
        if found is None:
            raise ValueError(self.pk)
        return found

    @property
    def subject_name(self) -> str:
        """The name of the person or of the unit."""
        return self.subject.name

    @property
    def subject_key(self) -> str:
        """An opaque name, the same for every row about this subject."""
        if self.unit_id is not None:
            return f"unit:{self.unit_id}"
        return f"person:{self.person_id}"


class Decision(OfSubject):
    """One rule applied to one subject's result: every condition's asked and found.

    ``conditions``: [{"name","asked","found","source","verdict"}]; ``facts_digest`` tells
    whether the facts have changed since (依据已变化).  ``is_current`` is False once a
    later evaluation has replaced the row.
    """

    release = models.ForeignKey(Release, models.PROTECT, related_name="decisions")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="+")
    entry_id = models.PositiveBigIntegerField()
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    unit = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    region = models.CharField(max_length=6, blank=True)
    rulebook = models.CharField(max_length=80)
    rulebook_digest = models.CharField(max_length=64)
    rule = models.CharField(max_length=60)
    clause = models.CharField(max_length=60, blank=True)
    quote = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=24, choices=OutcomeKind.choices)
    value = models.CharField(max_length=80, blank=True)
    detail = models.JSONField(
        default=dict
    )  # from/to grade, amount, share, authority, mode
    state = models.CharField(max_length=10, choices=DecisionState.choices)
    missing = models.JSONField(default=list)
    conditions = models.JSONField(default=list)
    reasons = models.JSONField(default=list)
    facts_digest = models.CharField(max_length=64)
    evaluated_at = models.DateTimeField()
    is_current = models.BooleanField(default=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["release", "is_current", "person"], name="decision_current"
            ),
            models.Index(  # all that the work list filters and counts by
                fields=[
                    "state",
                    "kind",
                    "value",
                    "region",
                    "release",
                    "skill",
                    "person",
                    "unit",
                    "is_current",
                ],
                name="decision_desk",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=ONE_SUBJECT, name="decision_one_subject")
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.value} {self.state}"


class Entitlement(OfSubject):
    """待遇: what is put before an authority, from proposed to delivered.

    ``basis_changed``: facts changed after it had gone too far to be replaced; then its
    decision may entitle to something else, or to nothing.  ``filing`` and ``round`` are
    the latest it was in.
    """

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="entitlements")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="entitlements"
    )
    unit = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="entitlements",
    )
    release = models.ForeignKey(Release, models.PROTECT, related_name="entitlements")
    kind = models.CharField(max_length=24, choices=OutcomeKind.choices)
    value = models.CharField(max_length=80)
    region = models.CharField(max_length=6, blank=True)
    authority = models.CharField(max_length=120, blank=True)
    state = models.CharField(
        max_length=20,
        choices=EntitlementState.choices,
        default=EntitlementState.PROPOSED,
    )
    state_reason = models.CharField(max_length=300, blank=True)
    due_on = models.DateField(null=True, blank=True)
    changed_at = models.DateTimeField()
    basis_changed = models.BooleanField(default=False)
    filing = models.ForeignKey(
        "Filing", models.PROTECT, null=True, blank=True, related_name="entitlements"
    )
    round = models.ForeignKey(
        "PublicityRound",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="entitlements",
    )

    class Meta:
        indexes = [
            models.Index(fields=["region", "kind", "state"], name="entitlement_desk"),
            models.Index(
                fields=["decision", "state", "due_on", "basis_changed"],
                name="entitlement_line",
            ),
            models.Index(
                fields=["decision"],
                condition=models.Q(basis_changed=True),
                name="entitlement_changed",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=ONE_SUBJECT, name="entitlement_one_subject"
            )
        ]

    def __str__(self) -> str:
        return f"{self.value} {self.state}"
