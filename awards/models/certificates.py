"""Certificates: how they look, what was printed, how they were withdrawn.

``content`` of a certificate and of a design is what is on the paper; neither is ever
changed once written, so that printing again gives the same sheet.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from awards.enums import CertificateIssue, CertificateState, CertificateWithdrawalState
from competitions.models import Competition, Skill
from people.models import Person, User
from scoring.models import Release


class CertificateDesign(models.Model):
    """How the certificates of a competition look; the newest one acts.

    ``base`` names the design it was begun from, ``content`` is the whole of it as
    plain values (awards.core.certificate_design), ``digest`` seals them.
    """

    competition = models.ForeignKey(
        Competition, models.PROTECT, related_name="certificate_designs"
    )
    number = models.PositiveIntegerField()
    base = models.CharField(max_length=40)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    chosen_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["competition", "number"], name="certificate_design_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.base} v{self.number}"


class Certificate(models.Model):
    """An award certificate of one entry member; verified by ``token`` (128 bit).

    ``content`` is what is printed; ``number`` is ours and never a grade certificate's.
    Of the certificates of one member in one release at most one is valid.
    """

    token = models.CharField(max_length=40, unique=True)
    number = models.CharField(max_length=100, unique=True)
    release = models.ForeignKey(Release, models.PROTECT, related_name="certificates")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="+")
    entry_id = models.PositiveBigIntegerField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="certificates")
    design = models.ForeignKey(
        CertificateDesign, models.PROTECT, null=True, related_name="certificates"
    )
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    issue = models.CharField(
        max_length=12, choices=CertificateIssue.choices, default=CertificateIssue.FIRST
    )
    state = models.CharField(
        max_length=12,
        choices=CertificateState.choices,
        default=CertificateState.VALID,
    )
    state_reason = models.CharField(max_length=300, blank=True)
    state_changed_at = models.DateTimeField(null=True, blank=True)
    superseded_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="supersedes"
    )
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["release", "entry_id", "person"],
                condition=Q(state=CertificateState.VALID),
                name="certificate_valid_once",
            )
        ]

    def __str__(self) -> str:
        return self.number


class CertificateWithdrawal(models.Model):
    """A revocation that one person asked for and another agrees to or declines."""

    certificate = models.ForeignKey(
        Certificate, models.PROTECT, related_name="withdrawals"
    )
    reason = models.CharField(_("撤销的原因和依据"), max_length=300)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(
        max_length=10,
        choices=CertificateWithdrawalState.choices,
        default=CertificateWithdrawalState.ASKED,
    )
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["certificate"],
                condition=Q(state=CertificateWithdrawalState.ASKED),
                name="certificate_withdrawal_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.state}"


class CertificateFile(models.Model):
    """A file of one certificate that left the platform, known by its digest.

    ``signed_with`` names the signing certificate, or is empty.
    """

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="files")
    digest = models.CharField(max_length=64, db_index=True)
    signed_with = models.CharField(max_length=200, blank=True)
    made_by = models.CharField(max_length=60)  # a sign-in, or the person concerned
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["certificate", "digest"], name="certificate_file_once"
            )
        ]

    def __str__(self) -> str:
        return self.digest[:12]
