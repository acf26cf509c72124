"""Who opened the names behind the anonymous judges of a skill's statistics, and why."""

from django.db import models

from competitions.models import Skill
from people.models import User


class StatisticsOpening(models.Model):
    """A supervisor's recorded decision to see which judge is 裁判 A, B, C of a skill.

    One per skill; from then on every reader of the statistics sees the names.
    """

    skill = models.OneToOneField(
        Skill, models.PROTECT, related_name="statistics_opening"
    )
    reason = models.CharField(max_length=300)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    seq = models.PositiveBigIntegerField()  # of its ledger event

    def __str__(self) -> str:
        return f"statistics of {self.skill_id} opened #{self.seq}"
