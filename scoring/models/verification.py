"""复核 by sample: the rules of a competition, one draw for each skill, what was checked.

A draw follows from the head of the skill's chain; its rows are never drawn again.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from competitions.models import Competition, Skill
from people.models import User
from scoring.enums import CheckOutcome
from scoring.models.marking import Sheet


class VerificationRule(models.Model):
    """How a competition checks its results by hand; without a row the defaults hold.

    Shares are percent as decimal text.  Not asking for a check where the tier does by
    default needs a reason.
    """

    competition = models.OneToOneField(
        Competition, models.PROTECT, related_name="verification_rule"
    )
    is_required = models.BooleanField(_("须抽样复核"))
    top = models.CharField(_("前列全核（%）"), max_length=8)
    sample = models.CharField(_("其余抽核（%）"), max_length=8)
    trigger = models.CharField(_("差错率超过此数即全部复核（%）"), max_length=8)
    with_close = models.BooleanField(_("名次接近的一并复核"), default=False)
    citation = models.CharField(_("依据"), max_length=200, blank=True)
    reason = models.CharField(_("原因"), max_length=300, blank=True)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.competition_id} {self.top}/{self.sample}/{self.trigger}"


class VerificationDraw(models.Model):
    """The entries of a skill whose sheets are checked: drawn once, from the head.

    ``entries`` are [entry id, why] in the order of drawing; escalation and places that
    moved add to them, nothing is taken away.
    """

    skill = models.OneToOneField(
        Skill, models.PROTECT, related_name="verification_draw"
    )
    seq = models.PositiveBigIntegerField()
    head = models.CharField(max_length=128)
    rules = models.JSONField()
    entries = models.JSONField()
    is_escalated = models.BooleanField(default=False)
    drawn_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.skill_id} #{self.seq}"


class VerificationCheck(models.Model):
    """One look at one sheet in one version: right, wrong in a cell, or a remark."""

    draw = models.ForeignKey(VerificationDraw, models.PROTECT, related_name="checks")
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="checks")
    version = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=8, choices=CheckOutcome.choices)
    aspect = models.CharField(max_length=16, blank=True)
    seat = models.PositiveSmallIntegerField(default=0)
    value = models.CharField(max_length=24, blank=True)  # what it should be
    words = models.CharField(max_length=500, blank=True)
    request_ref = models.CharField(max_length=60, blank=True)  # its change request
    checked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    checked_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.outcome}"
