"""Marking: who sits where, sheets, current marks, signatures, calls."""

from django.db import models
from django.db.models import Q

from competitions.models import Entry, Skill
from people.models import User
from scoring.enums import MarkState, SheetState, SignerRole
from scoring.models.schemes import SubCriterion


class PanelSeat(models.Model):
    """A judge's seat in a skill's marking team (评分组): letter and number 1..n.

    Judgement and panel aspects of a sub-criterion are marked by every seat of its panel;
    measurement and imported aspects have one value of seat 0, entered by any of them.
    With ``entry`` the row is a reserve's: they hold this seat for that entry alone.
    ``left_for`` is the reserve who stepped in from then on.
    """

    skill = models.ForeignKey(Skill, models.PROTECT, related_name="seats")
    panel = models.CharField(max_length=1, default="A")
    number = models.PositiveSmallIntegerField()
    judge = models.ForeignKey(User, models.PROTECT, related_name="seats")
    entry = models.ForeignKey(
        Entry, models.PROTECT, null=True, blank=True, related_name="stand_ins"
    )
    seated_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    left_for = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["skill", "panel", "number"],
                condition=Q(left_at__isnull=True, entry__isnull=True),
                name="seat_held_once",
            ),
            models.UniqueConstraint(
                fields=["skill", "panel", "judge"],
                condition=Q(left_at__isnull=True, entry__isnull=True),
                name="judge_seated_once",
            ),
            models.UniqueConstraint(
                fields=["skill", "panel", "number", "entry"],
                condition=Q(left_at__isnull=True, entry__isnull=False),
                name="stand_in_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.panel}{self.number}"


class Sheet(models.Model):
    """评分表: one sub-criterion of one entry, with its state and computed points."""

    skill = models.ForeignKey(Skill, models.PROTECT, related_name="sheets")
    sub_criterion = models.ForeignKey(
        SubCriterion, models.PROTECT, related_name="sheets"
    )
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="sheets")
    state = models.CharField(
        max_length=14, choices=SheetState.choices, default=SheetState.OPEN
    )
    version = models.PositiveSmallIntegerField(default=1)
    # Seat numbers that mark this sheet: its panel without those who must stand aside.
    seats = models.JSONField(default=list)
    # Who holds a seat here instead of its judge: {seat number: user id} (替补).
    stand_ins = models.JSONField(default=dict, blank=True)
    # Users whose signature as a judge stands; no mark may change while there is one.
    signers = models.JSONField(default=list)
    cells = models.PositiveSmallIntegerField(default=0)  # cells to fill (aspect x seat)
    filled = models.PositiveSmallIntegerField(default=0)
    aspects = models.PositiveSmallIntegerField(default=0)
    settled = models.PositiveSmallIntegerField(default=0)
    conflicts = models.PositiveSmallIntegerField(default=0)
    points_scaled = models.BigIntegerField(default=0)
    kinds_scaled = models.JSONField(default=dict)  # points by kind of mark
    states = models.JSONField(default=list)  # states of the settled aspects
    seconds_scaled = models.BigIntegerField(null=True, blank=True)  # all times, summed
    # A signed mark was changed: until all have signed again, and after, every other cell
    # stays shut.  Cells that an approved request opened, with value and moment of closing.
    is_guarded = models.BooleanField(default=False)
    unlocked = models.JSONField(default=list, blank=True)
    marked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sub_criterion", "entry"], name="sheet_once"
            )
        ]
        indexes = [models.Index(fields=["skill", "state"], name="sheet_skill_state")]

    def __str__(self) -> str:
        return f"sheet:{self.pk}"


class Mark(models.Model):
    """The current value of one seat (0 = the group) for one aspect of one sheet."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="marks")
    code = models.CharField(max_length=16)  # of the aspect
    seat = models.PositiveSmallIntegerField(default=0)
    judge = models.ForeignKey(User, models.PROTECT, related_name="+")
    state = models.CharField(max_length=14, choices=MarkState.choices)
    value = models.CharField(max_length=24, blank=True)  # canonical decimal text
    remark = models.CharField(max_length=2000, blank=True)  # a line for each fault
    seq = models.PositiveBigIntegerField()  # ledger sequence of the event
    marked_at = models.DateTimeField()
    device = models.CharField(max_length=80, blank=True, default="")  # entered on
    # Who typed it in for the seat's judge; None if the judge did.
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    # The event it replaced without its author having seen it; None once confirmed.
    contradicts = models.PositiveBigIntegerField(null=True, blank=True)
    # Entered while the aspect's marks were too far apart.
    settles = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "code", "seat"], name="mark_cell_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code}/{self.seat}: {self.value or self.state}"


class Signature(models.Model):
    """Covers a set of sheets shown as rows and one hash, given with one PIN."""

    skill = models.ForeignKey(Skill, models.PROTECT, related_name="signatures")
    signer = models.ForeignKey(User, models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=SignerRole.choices)
    digest = models.CharField(max_length=64)
    seq = models.PositiveBigIntegerField()  # of its ledger event, as event_hash
    event_hash = models.CharField(max_length=128)
    signed_at = models.DateTimeField()
    void_at = models.DateTimeField(null=True, blank=True)
    sheets = models.ManyToManyField(Sheet, related_name="signatures")

    def __str__(self) -> str:
        return f"#{self.seq} {self.digest[:4].upper()}"


class JudgeCall(models.Model):
    """呼叫裁判长 / 报告问题 from a tablet, until the chief judge closes it."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="calls")
    caller = models.ForeignKey(User, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)  # call | problem
    text = models.CharField(max_length=300, blank=True)
    called_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.kind} {self.called_at:%H:%M}"
