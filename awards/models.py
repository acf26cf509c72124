"""What a final result entitles to, and the paper that follows.

Every row names the rulebook, the rule and the digest of the text it came from.  Nothing
here recomputes a place: releases are read, never questioned.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from awards.enums import (
    CertificateState,
    DecisionState,
    EntitlementState,
    OutcomeKind,
    VersionStep,
)
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
    entry.  Facts of the person register (grade, title, birth) are recorded there.
    """

    release = models.ForeignKey(Release, models.PROTECT, related_name="fact_fillings")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="+")
    entry_id = models.PositiveBigIntegerField(null=True, blank=True)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="fact_fillings"
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


class Decision(models.Model):
    """One rule applied to one person's result, with every condition's asked and found.

    ``conditions``: [{"name","asked","found","source","verdict"}]; ``facts_digest`` tells
    whether the facts have changed since (依据已变化).  ``is_current`` is False once a
    later evaluation has replaced the row.
    """

    release = models.ForeignKey(Release, models.PROTECT, related_name="decisions")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="+")
    entry_id = models.PositiveBigIntegerField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="decisions")
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
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.value} {self.state}"


class Entitlement(models.Model):
    """待遇: what is put before an authority, from proposed to delivered."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="entitlements")
    person = models.ForeignKey(Person, models.PROTECT, related_name="entitlements")
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

    class Meta:
        indexes = [
            models.Index(fields=["region", "kind", "state"], name="entitlement_desk")
        ]

    def __str__(self) -> str:
        return f"{self.value} {self.state}"


class Certificate(models.Model):
    """An award certificate of one entry member; verified by ``token`` (128 bit).

    ``content`` is what is printed; ``number`` is ours and never a grade certificate's.
    """

    token = models.CharField(max_length=40, unique=True)
    number = models.CharField(max_length=100, unique=True)
    release = models.ForeignKey(Release, models.PROTECT, related_name="certificates")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="+")
    entry_id = models.PositiveBigIntegerField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="certificates")
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    state = models.CharField(
        max_length=12,
        choices=CertificateState.choices,
        default=CertificateState.VALID,
    )
    state_reason = models.CharField(max_length=300, blank=True)
    superseded_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="supersedes"
    )
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["release", "entry_id", "person"], name="certificate_once"
            )
        ]

    def __str__(self) -> str:
        return self.number


class ExportBatch(models.Model):
    """One exported file: what, for whom, why, how many rows, and its hash.

    ``content`` is encrypted like every personal value; ``digest`` is of the file as it
    is downloaded, ``rows_digest`` the one its cover prints.
    """

    number = models.CharField(max_length=24, unique=True)
    bureau = models.ForeignKey(
        Organization, models.PROTECT, related_name="export_batches"
    )
    kind = models.CharField(max_length=40)
    release = models.ForeignKey(
        Release, models.PROTECT, null=True, blank=True, related_name="exports"
    )
    region = models.CharField(max_length=6, blank=True)
    query = models.JSONField(default=dict)
    purpose = models.CharField(_("用途"), max_length=200)
    is_masked = models.BooleanField(default=True)
    rows = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    rows_digest = models.CharField(max_length=64)
    file_name = models.CharField(max_length=160)
    content = models.BinaryField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.number


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
