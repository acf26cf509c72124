"""A competition's own document, versions a bureau wrote, values filled into gaps."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from awards.enums import VersionStep
from competitions.models import Competition, Skill
from people.models import Organization, Person, User
from scoring.models import Release


class EditionDocument(models.Model):
    """A competition's own 办赛通知/奖励办法 as a rulebook of status ``edition-only``.

    Written by the organizer, in force only once a bureau has confirmed it.
    """

    competition = models.ForeignKey(
        Competition, models.PROTECT, related_name="edition_documents"
    )
    identifier = models.CharField(max_length=80, unique=True)
    text = models.TextField()
    digest = models.CharField(max_length=64)
    written_by = models.CharField(max_length=60)
    written_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.identifier


class DocumentVersion(models.Model):
    """A policy document as a bureau wrote it, with its cases; never changed once saved.

    ``region`` is the document's own; ``base_digest`` is of the text it was begun from.
    A version acts once it has the step *published*; ``in_force_from`` says from when.
    """

    identifier = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    bureau = models.ForeignKey(
        Organization, models.PROTECT, related_name="document_versions"
    )
    region = models.CharField(max_length=6)
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    cases = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    cases_digest = models.CharField(max_length=64)
    base_digest = models.CharField(max_length=64, blank=True)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bureau", "identifier", "number"], name="version_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.identifier} v{self.number}"


class DocumentStep(models.Model):
    """A step on a version's way: proposed, returned or published; only ever added."""

    version = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="steps")
    step = models.CharField(max_length=10, choices=VersionStep.choices)
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "step"], name="version_step_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.step}"


class GapFilling(models.Model):
    """A value an authority filled into a gap of a document, with the paper it stands on."""

    rulebook = models.CharField(max_length=80)
    gap = models.CharField(max_length=60)
    value = models.JSONField()
    document = models.CharField(_("依据文件"), max_length=200)
    authority = models.ForeignKey(Organization, models.PROTECT)
    filled_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    filled_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.rulebook}:{self.gap}"


class FactFilling(models.Model):
    """A missing fact about a result, stated by a bureau with the paper it stands on.

    ``entry_id`` None: about the whole skill in that release; ``person`` None: about the
    entry.  With ``unit`` the fact is about that unit in the whole release.  Facts of the
    person register (grade, title, birth) are recorded there.
    """

    release = models.ForeignKey(Release, models.PROTECT, related_name="fact_fillings")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="+")
    entry_id = models.PositiveBigIntegerField(null=True, blank=True)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="fact_fillings"
    )
    unit = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="fact_fillings",
    )
    fact = models.CharField(max_length=40)
    value = models.JSONField()
    evidence = models.CharField(_("证据"), max_length=200)
    filled_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    filled_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["release", "skill"], name="fact_filling_place")]

    def __str__(self) -> str:
        return f"{self.fact} {self.release_id}/{self.skill_id}"


class IndicatorFigure(models.Model):
    """A statistic that no register here holds, as a bureau states it with its paper.

    ``name`` is what was counted (就业人员, 从业人员, 技能人才 …); two names are never one.
    """

    bureau = models.ForeignKey(
        Organization, models.PROTECT, related_name="indicator_figures"
    )
    name = models.CharField(_("统计项目"), max_length=60)
    year = models.PositiveSmallIntegerField(_("年份"))
    value = models.PositiveBigIntegerField(_("数字"))
    document = models.CharField(_("依据文件"), max_length=200)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bureau", "name", "year"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="indicator_figure_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.year}: {self.value}"
