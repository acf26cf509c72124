"""Exported files: what was taken away, for what purpose, and its hash."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import Organization, User
from scoring.models import Release


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
