"""What is known of a person, each fact with its evidence; names of grades; sanctions."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.core.grades import Grade
from people.core.occupations import DICTIONARY
from people.enums import (
    EquivalenceLadder,
    GradeIssuerKind,
    HolderKind,
    StatedField,
    TitleLevel,
    TitleRoute,
)
from people.models.register import Organization, Person
from people.words import grade_words


class PersonFact(models.Model):
    """What every fact about a person carries: evidence, author, time, end.

    A correction is a new row; the old one names it in ``replaced_by`` and keeps why.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="%(class)ss")
    evidence = models.CharField(_("证据"), max_length=200, blank=True)
    evidence_on = models.DateField(_("证据日期"), null=True, blank=True)
    recorded_by = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=60, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces"
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{type(self).__name__} {self.pk}"


class GradeHeld(PersonFact):
    """A vocational grade held in one occupation.  ``grade`` is the ladder's rank 0..7."""

    occupation_code = models.CharField(_("职业编码"), max_length=20)
    occupation_name = models.CharField(_("职业"), max_length=60, blank=True)
    dictionary = models.CharField(_("大典版本"), max_length=10, default=DICTIONARY)
    work_type = models.CharField(_("工种"), max_length=60, blank=True)
    grade = models.PositiveSmallIntegerField(_("等级"))
    certificate_number = models.CharField(_("证书编号"), max_length=30, blank=True)
    issued_on = models.DateField(_("发证日期"), null=True, blank=True)
    issuer_kind = models.CharField(
        max_length=1, choices=GradeIssuerKind.choices, blank=True
    )
    issuer = models.CharField(_("发证机构"), max_length=120, blank=True)

    @property
    def grade_label(self) -> str:
        """Name and number, e.g. 高级技师（一级）."""
        return grade_words(Grade(self.grade).full_label)


class TitleHeld(PersonFact):
    """A title such as 全国技术能手 with its route and the place it came from."""

    title = models.CharField(_("称号"), max_length=60)
    issuer = models.CharField(_("授予单位"), max_length=120, blank=True)
    awarded_on = models.DateField(null=True, blank=True)
    route = models.CharField(max_length=20, choices=TitleRoute.choices, blank=True)
    origin_region = models.CharField(max_length=6, blank=True)


class HolderFact(PersonFact):
    """A holder's fact: 国务院特贴, 国家级/省级工作室领办人.

    ``holds`` False is a recorded "no"; without a row the fact is unknown.
    """

    kind = models.CharField(max_length=40, choices=HolderKind.choices)
    since = models.DateField(null=True, blank=True)
    holds = models.BooleanField(default=True)


class ProfessionalTitle(PersonFact):
    """A professional title (职称) with its level."""

    name = models.CharField(_("职称"), max_length=60)
    level = models.CharField(_("职称层级"), max_length=20, choices=TitleLevel.choices)
    issuer = models.CharField(_("评审单位"), max_length=120, blank=True)
    acquired_on = models.DateField(_("取得日期"), null=True, blank=True)


class FieldEvidence(PersonFact):
    """On what a value of the person's file stands: employment, education, card …

    The value itself stands in :class:`Person`, its history in :class:`Change`.
    """

    field = models.CharField(max_length=30, choices=StatedField.choices)


class GradeConfirmation(PersonFact):
    """A person's recorded statement that *no* grade is held in an occupation.

    Without it, an absent :class:`GradeHeld` is a missing fact, never "none".
    """

    occupation_code = models.CharField(max_length=20)


class TitleConfirmation(PersonFact):
    """A recorded statement that a person holds *no* title; silence means unknown."""


class GradeAlias(models.Model):
    """An issuer's own name for a rung of the ladder, such as an enterprise's."""

    bureau = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    issuer = models.CharField(_("发证机构"), max_length=120)
    name = models.CharField(_("本单位的叫法"), max_length=60)
    grade = models.PositiveSmallIntegerField(_("等级"))
    citation = models.CharField(_("依据文件"), max_length=200)
    recorded_by = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bureau", "issuer", "name"],
                condition=Q(withdrawn_at__isnull=True),
                name="grade_alias_once_while_in_force",
            )
        ]

    def __str__(self) -> str:
        return f"{self.issuer} {self.name}"

    @property
    def grade_label(self) -> str:
        """The rung's name and number."""
        return grade_words(Grade(self.grade).full_label)


class GradeEquivalence(models.Model):
    """What a grade counts as on another ladder, by a document a bureau entered.

    Takes the place of the background row of the same grade and ladder.
    """

    bureau = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    grade = models.PositiveSmallIntegerField(_("等级"))
    ladder = models.CharField(max_length=20, choices=EquivalenceLadder.choices)
    counts_as = models.CharField(_("相当于"), max_length=60)
    citation = models.CharField(_("依据文件"), max_length=200)
    recorded_by = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bureau", "grade", "ladder"],
                condition=Q(withdrawn_at__isnull=True),
                name="grade_equivalence_once_while_in_force",
            )
        ]

    def __str__(self) -> str:
        return f"{self.grade} {self.counts_as}"


class IntegrityRecord(models.Model):
    """诚信档案: blocks a person or an organization for a period and a scope."""

    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="integrity_records"
    )
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="integrity_records",
    )
    scope = models.CharField(max_length=60)
    reason = models.CharField(max_length=300)
    document = models.CharField(_("处理文件"), max_length=200, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    recorded_by = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()
    ended_by = models.CharField(max_length=60, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="integrity_record_has_one_subject",
                condition=Q(person__isnull=False, organization__isnull=True)
                | Q(person__isnull=True, organization__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.starts_on}"
