"""The way of an entitlement: its steps, materials, 公示, filings, changes, withdrawals.

A step says what was before it, so that it can be taken back exactly; it is never
changed, only marked as taken back.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from awards.enums import (
    AnswerSource,
    BasisChoice,
    EntitlementState,
    MaterialState,
    OutcomeKind,
    WithdrawalKind,
    WithdrawalState,
)
from awards.models.decisions import Decision, Entitlement
from awards.models.exports import ExportBatch
from people.fields import EncryptedTextField
from people.models import (
    GradeHeld,
    Organization,
    ProfessionalTitle,
    TitleHeld,
    User,
)
from scoring.models import Release


class EntitlementStep(models.Model):
    """One step of an entitlement; ``by`` None: the platform, following a release.

    ``document`` and ``on`` are the paper and the day of an answer, a filing or a
    delivery.  ``restore`` is what an undo puts back.  Steps of one ``batch`` were taken
    together.
    """

    entitlement = models.ForeignKey(Entitlement, models.PROTECT, related_name="steps")
    before = models.CharField(max_length=20, choices=EntitlementState.choices)
    after = models.CharField(max_length=20, choices=EntitlementState.choices)
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    document = models.CharField(_("文件"), max_length=200, blank=True)
    on = models.DateField(_("日期"), null=True, blank=True)
    source = models.CharField(max_length=10, choices=AnswerSource.choices, blank=True)
    batch = models.CharField(max_length=32, blank=True, db_index=True)
    filing = models.ForeignKey(
        "Filing", models.PROTECT, null=True, blank=True, related_name="steps"
    )
    round = models.ForeignKey(
        "PublicityRound", models.PROTECT, null=True, blank=True, related_name="steps"
    )
    restore = models.JSONField(default=dict)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class MaterialRule(models.Model):
    """What a bureau itself says about the materials of a kind, with its document.

    ``code`` names an item of the common list that is (not) asked for here; "" adds an
    item of the bureau's own called ``title``.
    """

    bureau = models.ForeignKey(
        Organization, models.PROTECT, related_name="material_rules"
    )
    kind = models.CharField(max_length=24, choices=OutcomeKind.choices)
    code = models.CharField(max_length=40, blank=True)
    title = models.CharField(_("材料"), max_length=80, blank=True)
    is_required = models.BooleanField(default=True)
    document = models.CharField(_("依据文件"), max_length=200)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.title or self.code


class MaterialTick(models.Model):
    """An item of the checklist of one entitlement: seen, or waived with a reason."""

    entitlement = models.ForeignKey(
        Entitlement, models.PROTECT, related_name="material_ticks"
    )
    item = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=MaterialState.choices)
    evidence = models.CharField(_("凭据"), max_length=200, blank=True)
    batch = models.CharField(max_length=32, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entitlement", "item"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="material_tick_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.state}"


class PublicityRound(models.Model):
    """公示 of entitlements: where, from when, for how many working days, on what paper.

    ``days`` is what the bureau entered with ``document``; the platform assumes none.
    """

    bureau = models.ForeignKey(
        Organization, models.PROTECT, related_name="publicity_rounds"
    )
    number = models.CharField(max_length=24, unique=True)
    place = models.CharField(_("公示地点"), max_length=200)
    document = models.CharField(_("公示期依据"), max_length=200)
    starts_on = models.DateField()
    days = models.PositiveSmallIntegerField()
    ends_on = models.DateField()
    unknown_years = models.JSONField(default=list)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.number


class RoundObjection(models.Model):
    """异议 during a round, to one entitlement or (None) to the whole; never public."""

    round = models.ForeignKey(PublicityRound, models.PROTECT, related_name="objections")
    entitlement = models.ForeignKey(
        Entitlement, models.PROTECT, null=True, blank=True, related_name="objections"
    )
    name = EncryptedTextField(blank=True)
    text = EncryptedTextField()
    received_on = models.DateField()
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    is_upheld = models.BooleanField(null=True)
    ruling = EncryptedTextField(blank=True)
    ruled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ruled_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"objection:{self.pk}"


class Filing(models.Model):
    """上报批次: what was put before an authority together, by which paper.

    ``papers`` is the exported list that went with it, once one was made.
    """

    bureau = models.ForeignKey(Organization, models.PROTECT, related_name="filings")
    number = models.CharField(max_length=24, unique=True)
    authority = models.CharField(_("主管部门"), max_length=120)
    document = models.CharField(_("上报文号"), max_length=200, blank=True)
    filed_on = models.DateField()
    papers = models.ForeignKey(
        ExportBatch, models.PROTECT, null=True, blank=True, related_name="filings"
    )
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.number


class GivenFact(models.Model):
    """A title or a grade that came into a person's file because this was granted."""

    entitlement = models.ForeignKey(
        Entitlement, models.PROTECT, related_name="given_facts"
    )
    title = models.ForeignKey(
        TitleHeld, models.PROTECT, null=True, blank=True, related_name="+"
    )
    grade = models.ForeignKey(
        GradeHeld, models.PROTECT, null=True, blank=True, related_name="+"
    )
    professional_title = models.ForeignKey(
        ProfessionalTitle, models.PROTECT, null=True, blank=True, related_name="+"
    )
    given_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.entitlement_id}: {self.fact}"

    @property
    def fact(self) -> TitleHeld | GradeHeld | ProfessionalTitle | None:
        """The fact itself."""
        return self.title or self.grade or self.professional_title


class BasisChange(models.Model):
    """依据已变化: facts changed after an entitlement had gone too far to be replaced.

    ``before`` is the decision it went forward on, ``after`` today's about the same line
    (None: the rule no longer speaks of it), ``release`` the one that brought the change.
    """

    entitlement = models.ForeignKey(
        Entitlement, models.PROTECT, related_name="basis_changes"
    )
    before = models.ForeignKey(Decision, models.PROTECT, related_name="+")
    after = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")
    release = models.ForeignKey(Release, models.PROTECT, related_name="+")
    is_correction = models.BooleanField(default=False)
    found_at = models.DateTimeField()
    choice = models.CharField(max_length=12, choices=BasisChoice.choices, blank=True)
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entitlement"],
                condition=models.Q(settled_at__isnull=True),
                name="basis_change_once_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.entitlement_id} {self.choice}"


class Withdrawal(models.Model):
    """A revocation or supersession that one person asks for and another agrees to."""

    entitlement = models.ForeignKey(
        Entitlement, models.PROTECT, related_name="withdrawals"
    )
    bureau = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=WithdrawalKind.choices)
    reason = models.CharField(_("理由"), max_length=300)
    state = models.CharField(
        max_length=10, choices=WithdrawalState.choices, default=WithdrawalState.ASKED
    )
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entitlement"],
                condition=models.Q(state="asked"),
                name="entitlement_withdrawal_once_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
