"""Tablets: who is let in, what each of them last said of itself, who has a sheet open.

A tablet's secret is stored as a digest only.  What it reports (unsent marks, its clock)
is its own claim and decides nothing about a mark.
"""

from django.db import models
from django.db.models import Q

from competitions.models import Competition
from people.models import User
from scoring.models.marking import Sheet


class DevicePolicy(models.Model):
    """Whether a competition is marked on enrolled tablets only; without a row, on any."""

    competition = models.OneToOneField(
        Competition, models.PROTECT, related_name="device_policy"
    )
    is_required = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.competition_id} {self.is_required}"


class Device(models.Model):
    """平板: one device at one competition, enrolled or only seen there.

    Enrolment has three steps: an organizer gives a name and gets a one-time code; the
    tablet takes it up (``claimed_at``); the organizer confirms it (``enrolled_at``).
    ``client`` is the id the device gives itself and sends with every mark.
    """

    competition = models.ForeignKey(Competition, models.PROTECT, related_name="devices")
    name = models.CharField(max_length=40, blank=True)  # empty: seen, never enrolled
    client = models.CharField(max_length=80, blank=True)
    secret_digest = models.CharField(max_length=64, blank=True, db_index=True)
    code_digest = models.CharField(max_length=64, blank=True, db_index=True)
    code_until = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    enrolled_at = models.DateTimeField(null=True, blank=True)
    enrolled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    revoked_because = models.CharField(max_length=300, blank=True)
    # What it last said of itself.
    seen_at = models.DateTimeField(null=True, blank=True)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    sheet = models.ForeignKey(Sheet, models.PROTECT, null=True, related_name="+")
    unsent = models.JSONField(default=dict)  # marks that wait there, by sheet id
    skew_ms = models.IntegerField(null=True, blank=True)  # its clock minus ours
    receipt_seq = models.PositiveBigIntegerField(null=True, blank=True)
    receipt_hash = models.CharField(max_length=128, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["competition", "name"],
                condition=Q(revoked_at__isnull=True) & ~Q(name=""),
                name="device_named_once",
            ),
            models.UniqueConstraint(
                fields=["competition", "client"],
                condition=Q(revoked_at__isnull=True) & ~Q(client=""),
                name="device_known_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.client[:8]


class Visit(models.Model):
    """A sheet open in one tab of one device: for warning those who share it."""

    tab = models.CharField(max_length=80, unique=True)
    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="visits")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    client = models.CharField(max_length=80)
    device_name = models.CharField(max_length=40, blank=True)
    seat = models.PositiveSmallIntegerField(null=True, blank=True)
    is_refused = models.BooleanField(default=False)  # of another panel: not let in
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["sheet", "seen_at"], name="visit_sheet_seen")]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.tab[:8]}"
