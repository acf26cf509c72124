"""What came back: an authority's answers to an export, lists compared with our facts.

The rows of answers name entitlements by number alone; the rows of a comparison hold
personal data and are encrypted.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from awards.enums import ComparedPeople, ComparisonKind
from awards.models.exports import ExportBatch
from people.fields import EncryptedTextField
from people.models import Organization, User


class AnswerFile(models.Model):
    """An exported workbook that came back filled in, and what each row of it did.

    ``rows``: [{"sheet", "row", "entitlement", "verdict", "outcome"}] in the file's
    order; the counts are those of the day and stay as they were.
    """

    bureau = models.ForeignKey(
        Organization, models.PROTECT, related_name="answer_files"
    )
    export = models.ForeignKey(ExportBatch, models.PROTECT, related_name="answer_files")
    file_name = models.CharField(_("文件"), max_length=160)
    digest = models.CharField(max_length=64)
    lines = models.PositiveIntegerField()
    granted = models.PositiveIntegerField()
    refused = models.PositiveIntegerField()
    unchanged = models.PositiveIntegerField()
    unanswered = models.PositiveIntegerField()
    rows = models.JSONField(default=list)
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.export_id} {self.file_name}"


class Comparison(models.Model):
    """A list of another body held against the facts on file, as it stood that day.

    ``counts`` are the lines by outcome (``awards.comparing.lines``); ``rows`` is the JSON
    of every line compared, encrypted.
    """

    bureau = models.ForeignKey(Organization, models.PROTECT, related_name="comparisons")
    kind = models.CharField(max_length=20, choices=ComparisonKind.choices)
    whom = models.CharField(max_length=10, choices=ComparedPeople.choices)
    source = models.CharField(_("名单来源"), max_length=200)
    source_on = models.DateField(_("名单日期"))
    file_name = models.CharField(_("文件"), max_length=160)
    digest = models.CharField(max_length=64)
    lines = models.PositiveIntegerField()
    counts = models.JSONField(default=dict)
    rows = EncryptedTextField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} {self.source}"


class ComparisonTake(models.Model):
    """Lines of a comparison whose facts somebody took over, by their numbers."""

    comparison = models.ForeignKey(Comparison, models.PROTECT, related_name="takes")
    lines = models.JSONField(default=list)
    facts = models.PositiveIntegerField()
    people = models.PositiveIntegerField()
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.comparison_id} {self.facts}"
