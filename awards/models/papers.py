"""Certificates and exported files: what was printed or taken away, and its hash."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from awards.enums import CertificateState
from competitions.models import Skill
from people.models import Organization, Person, User
from scoring.models import Release


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
