"""更改: the change of one signed mark, from request to the new mark.

Rows are never deleted.  What stands now (waiting, opened, lapsed …) is not stored: it is
computed from the moments below and ``at`` by ``scoring.core.changes``.
"""

from django.db import models
from django.db.models import Q

from competitions.models import Skill
from people.models import User
from scoring.enums import ChangeReason, Decision, MarkState, RequestRole
from scoring.models.marking import Sheet, Signature


class ChangeRequest(models.Model):
    """One cell of a signed sheet, what stands there, what shall stand there, and why.

    ``closed_at`` is filled once nothing more can come of it: withdrawn, rejected, done,
    or renewed after it had lapsed.  Each cell has one request that is not closed.
    """

    skill = models.ForeignKey(Skill, models.PROTECT, related_name="change_requests")
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="change_requests")
    version = models.PositiveSmallIntegerField()  # of the sheet that is to be changed
    code = models.CharField(max_length=16)  # of the aspect
    seat = models.PositiveSmallIntegerField(default=0)
    old_state = models.CharField(max_length=14, choices=MarkState.choices, blank=True)
    old_value = models.CharField(max_length=24, blank=True)
    old_seq = models.PositiveBigIntegerField(
        null=True
    )  # of its event; None: not scored
    new_state = models.CharField(max_length=14, choices=MarkState.choices)
    new_value = models.CharField(max_length=24, blank=True)
    reason = models.CharField(max_length=14, choices=ChangeReason.choices)
    text = models.CharField(max_length=500)
    # An opaque name of what caused it, such as a ruling or a finding; of an upper topic.
    reference = models.CharField(max_length=60, blank=True)
    evidence_name = models.CharField(max_length=120, blank=True)
    evidence_digest = models.CharField(max_length=64, blank=True)
    evidence = models.BinaryField(null=True, blank=True)
    preview = models.JSONField(default=dict)  # what it would move, as requested
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    requested_role = models.CharField(max_length=16, choices=RequestRole.choices)
    requested_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    renews = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="renewals"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(max_length=8, choices=Decision.choices, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_role = models.CharField(
        max_length=16, choices=RequestRole.choices, blank=True
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_text = models.CharField(max_length=500, blank=True)
    approved_preview = models.JSONField(null=True, blank=True)  # as approved
    opened_until = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    done_seq = models.PositiveBigIntegerField(null=True, blank=True)
    reopened = models.CharField(max_length=12, blank=True)  # the result state before
    closed_at = models.DateTimeField(null=True, blank=True)
    # The signatures that stood on the sheet and became void by this change.
    voided = models.ManyToManyField(Signature, related_name="+", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "code", "seat"],
                condition=Q(closed_at__isnull=True),
                name="change_cell_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code}/{self.seat}: {self.old_value} → {self.new_value}"
