"""What a bureau states about a day or a period, kept as it was stated.

Rows are only ever added: the figures of a report do not follow the register.
"""

from django.db import models

from awards.enums import ReportPeriod
from people.models import Organization, User


class PeriodicReport(models.Model):
    """定期报告: the figures of one period as they stood when it was made.

    ``figures``: {section: [[label, number, …], …]} as plain values, no personal data;
    ``digest`` is the SHA-256 of their canonical text.
    """

    bureau = models.ForeignKey(
        Organization, models.PROTECT, related_name="periodic_reports"
    )
    period = models.CharField(max_length=10, choices=ReportPeriod.choices)
    starts_on = models.DateField()
    ends_on = models.DateField()
    figures = models.JSONField()
    digest = models.CharField(max_length=64)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bureau", "starts_on", "ends_on"], name="periodic_report_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.starts_on}/{self.ends_on}"


class StaffCertificate(models.Model):
    """高技能人才证明: what was certified of one employer's staff on a day.

    Names nobody: ``digest`` is of the printed list, ``people`` how many are on it.
    """

    number = models.CharField(max_length=32, unique=True)
    bureau = models.ForeignKey(
        Organization, models.PROTECT, related_name="staff_certificates"
    )
    employer = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    as_of = models.DateField()
    people = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.number
