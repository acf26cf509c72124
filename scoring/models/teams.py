"""Marking teams 评分组 by day, permissions to catch up, marks of trainees.

Which sub-criteria a team marks is the scheme's word (``SubCriterion.panel``), so it is
frozen with the scheme; here is who leads it, on which days, and with how many judges.
"""

from django.db import models

from competitions.models import Skill
from people.models import User
from scoring.enums import MarkState
from scoring.models.marking import Sheet


class MarkingTeam(models.Model):
    """评分组: a letter of the scheme with its name, days, size and leader.

    ``days`` are competition days (1 is C1); empty is every day.  With ``by_sub_day`` a
    sub-criterion that has a day of marking in the scheme is marked on that day only.
    ``is_arranged``: its seats are chosen one by one, not taken by every judge.
    """

    skill = models.ForeignKey(Skill, models.PROTECT, related_name="marking_teams")
    letter = models.CharField(max_length=1)
    name = models.CharField(max_length=60, blank=True)
    days = models.JSONField(default=list, blank=True)
    by_sub_day = models.BooleanField(default=False)
    size = models.PositiveSmallIntegerField(default=0)  # judges it needs; 0: not said
    leader = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_arranged = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["skill", "letter"], name="marking_team_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.letter} {self.name}".strip()


class CatchUp(models.Model):
    """补评许可: the chief judge lets a team mark outside its days until a moment."""

    team = models.ForeignKey(MarkingTeam, models.PROTECT, related_name="catch_ups")
    sub = models.CharField(max_length=12, blank=True)  # empty: all it marks
    reason = models.CharField(max_length=300)
    granted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.team} {self.sub} {self.until:%H:%M}"


class TraineeMark(models.Model):
    """The current value of a trainee (见习裁判) for one aspect; it counts nowhere."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="trainee_marks")
    trainee = models.ForeignKey(User, models.PROTECT, related_name="+")
    code = models.CharField(max_length=16)  # of the aspect
    state = models.CharField(max_length=14, choices=MarkState.choices)
    value = models.CharField(max_length=24, blank=True)
    remark = models.CharField(max_length=2000, blank=True)
    seq = models.PositiveBigIntegerField()
    marked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "trainee", "code"], name="trainee_mark_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.value or self.state}"
