"""Codes that open a competitor's own page, and wrong ones that were tried.

A code is stored as a keyed hash only; the slip's number says which hash to compare with
and opens nothing by itself.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from competitions.models import Competition
from people.models import Person, User


class ResultCode(models.Model):
    """What a slip lets its holder see: one person's own lines of one competition.

    A person has at most one code in force per competition; a new one ends the old one.
    """

    competition = models.ForeignKey(
        Competition, models.PROTECT, related_name="result_codes"
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="result_codes")
    slip = models.CharField(_("查询条编号"), max_length=8, unique=True)
    code_hash = models.CharField(max_length=64)
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField(_("有效期至"))
    opened_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoke_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["competition", "person"],
                condition=models.Q(revoked_at__isnull=True),
                name="result_code_once",
            )
        ]

    def __str__(self) -> str:
        return self.slip


class ResultCodeFailure(models.Model):
    """A wrong code: for which slip, if there is one, and from where (keyed hash)."""

    code = models.ForeignKey(
        ResultCode, models.CASCADE, null=True, blank=True, related_name="failures"
    )
    address = models.CharField(max_length=64, blank=True)
    failed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["code", "failed_at"], name="result_code_failure_at"),
            models.Index(
                fields=["address", "failed_at"], name="result_code_failure_from"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code_id} {self.failed_at:%H:%M}"
