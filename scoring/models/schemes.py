"""Schemes in force, their parts as rows, and drafts written in the browser."""

from django.db import models

from competitions.models import Skill
from people.models import User


class Scheme(models.Model):
    """A skill's marking scheme; ``text`` is the canonical core scheme, ``digest`` its hash.

    The rows below repeat the text so that sheets and marks can point at aspects.  The
    newest version of a skill is the one in force; frozen at the first mark.
    """

    skill = models.ForeignKey(Skill, models.PROTECT, related_name="schemes")
    version = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    digest = models.CharField(max_length=64)
    source_name = models.CharField(max_length=200, blank=True)
    source_digest = models.CharField(max_length=64, blank=True)
    findings = models.JSONField(default=list, blank=True)
    imported_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    imported_at = models.DateTimeField()
    frozen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["skill", "version"], name="scheme_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.skill_id} v{self.version} {self.title}"


class SchemeDraft(models.Model):
    """A scheme being written in the browser; put in force it becomes a version."""

    skill = models.OneToOneField(Skill, models.PROTECT, related_name="scheme_draft")
    text = models.TextField()
    digest = models.CharField(max_length=64)
    source_name = models.CharField(max_length=200, blank=True)
    edited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    edited_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.skill_id} draft"


class Criterion(models.Model):
    """A criterion or module of a scheme."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="criteria")
    letter = models.CharField(max_length=4)
    name = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return f"{self.letter} {self.name}"


class SubCriterion(models.Model):
    """What becomes one sheet per entry; ``panel`` is the letter of its marking team.

    ``second_panel`` is the team that marks the same sheet on its own (dual marking).
    """

    criterion = models.ForeignKey(
        Criterion, models.CASCADE, related_name="sub_criteria"
    )
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=300)
    day = models.PositiveSmallIntegerField(null=True, blank=True)
    panel = models.CharField(max_length=1, default="A")
    second_panel = models.CharField(max_length=1, blank=True)
    position = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Aspect(models.Model):
    """One aspect row; the rule itself is in the scheme's text under ``code``."""

    sub_criterion = models.ForeignKey(
        SubCriterion, models.CASCADE, related_name="aspects"
    )
    code = models.CharField(max_length=16)
    kind = models.CharField(max_length=12)
    maximum_scaled = models.BigIntegerField()
    position = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return self.code
