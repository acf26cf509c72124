"""What leaves the desk as a file: asked for, approved, made, taken away, cleared.

The file itself stands sealed beside the database; a row keeps what it was, for whom, why,
and its hash, and outlives it.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from awards.enums import ExportFormat, ExportState
from awards.models.decisions import Entitlement
from jobs.models import Job
from people.models import Organization, User
from scoring.models import Release


class ExportBatch(models.Model):
    """One file: what was asked for, who agreed, what was made of it.

    ``query`` are the work list's filters, ``options`` what the listing or maker asks
    besides.  ``digest`` is of the file as it is downloaded, ``rows_digest`` the one its
    cover prints; ``rows`` counts people, ``lines`` lines.  ``file`` names the sealed file
    and is empty before it is made and after it is cleared.
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
    options = models.JSONField(default=dict)
    purpose = models.CharField(_("用途"), max_length=200)
    document = models.CharField(_("依据文号"), max_length=120, blank=True)
    is_masked = models.BooleanField(default=True)
    is_personal = models.BooleanField(default=True)
    form = models.CharField(
        max_length=6, choices=ExportFormat.choices, default=ExportFormat.XLSX
    )
    state = models.CharField(
        max_length=10, choices=ExportState.choices, default=ExportState.MAKING
    )
    expected = models.PositiveIntegerField(default=0)  # people when it was asked for
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.CharField(max_length=200, blank=True)
    job = models.ForeignKey(
        Job, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    error = models.CharField(max_length=300, blank=True)
    rows = models.PositiveIntegerField(default=0)
    lines = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    rows_digest = models.CharField(max_length=64, blank=True)
    file_name = models.CharField(max_length=160, blank=True)
    file = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)
    cleared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["bureau", "-asked_at"], name="export_of_bureau")
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_full(self) -> bool:
        """Whether persons stand in it unshortened."""
        return self.is_personal and not self.is_masked


class ExportRow(models.Model):
    """One line that was put before an authority: where it stood, and its check.

    Counts once its batch is ready.
    """

    batch = models.ForeignKey(
        ExportBatch, models.CASCADE, related_name="answerable_rows"
    )
    entitlement = models.ForeignKey(
        Entitlement, models.PROTECT, related_name="exported_rows"
    )
    sheet = models.CharField(max_length=31)
    position = models.PositiveIntegerField()  # 序号 within its sheet
    row_check = models.CharField(max_length=16)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "entitlement"], name="export_row_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.sheet} {self.position}"


class ExportLink(models.Model):
    """A way to a file, for one account, once, for ten minutes.

    ``digest`` is the SHA-256 of the secret in the address, which is kept nowhere.
    """

    batch = models.ForeignKey(ExportBatch, models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    issued_to = models.ForeignKey(User, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.batch} {self.expires_at:%Y-%m-%d %H:%M}"


class ExportTaking(models.Model):
    """A line of the download log: who took which file away, and when."""

    batch = models.ForeignKey(ExportBatch, models.PROTECT, related_name="takings")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["batch", "-at"], name="export_taking_of")]

    def __str__(self) -> str:
        return f"{self.batch} {self.at:%Y-%m-%d %H:%M}"
