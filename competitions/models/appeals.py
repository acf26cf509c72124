"""Appeals 申诉 with their rulings, and objections 异议 raised during a 公示.

Both name what they are about by an opaque reference and move no mark: a ruling or an
answer that calls for a correction is followed by one, named in ``remedy_ref``.  What
people wrote is encrypted.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from competitions.enums import AppealState, ObjectionSource
from competitions.models.competitions import (
    Competition,
    Delegation,
    PublicNotice,
    Skill,
)
from people.fields import EncryptedTextField
from people.models import User


class Appeal(models.Model):
    """申诉 of a delegation's leader in one skill, in writing and within the window.

    ``file`` is an attachment as encrypted base64.  ``carried`` is what the leader wrote
    to the second level.
    """

    competition = models.ForeignKey(Competition, models.PROTECT, related_name="appeals")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="appeals")
    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="appeals")
    object_ref = models.CharField(max_length=60)
    level = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(
        _("状态"),
        max_length=10,
        choices=AppealState.choices,
        default=AppealState.LODGED,
    )
    text = EncryptedTextField()
    file = EncryptedTextField(blank=True)
    file_name = models.CharField(max_length=120, blank=True)
    lodged_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    lodged_at = models.DateTimeField()
    carried = EncryptedTextField(blank=True)
    carried_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    remedy_ref = models.CharField(max_length=60, blank=True)
    remedy_note = models.CharField(max_length=300, blank=True)
    remedied_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    remedied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"appeal:{self.pk}"


class Ruling(models.Model):
    """裁定 of one level on an appeal; cites its clause and says why.  Never changed."""

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="rulings")
    level = models.PositiveSmallIntegerField()
    is_granted = models.BooleanField()
    clause = models.CharField(_("依据条款"), max_length=120)
    reason = EncryptedTextField()
    ruled_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ruled_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["appeal", "level"], name="ruling_once_per_level"
            )
        ]
        ordering = ["level"]

    def __str__(self) -> str:
        return f"{self.appeal_id}/{self.level}"


class Objection(models.Model):
    """异议 to a 公示: who, what, and the answer; name and contact are never public."""

    notice = models.ForeignKey(PublicNotice, models.PROTECT, related_name="objections")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="+")
    delegation = models.ForeignKey(
        Delegation, models.PROTECT, null=True, blank=True, related_name="objections"
    )
    source = models.CharField(_("来源"), max_length=10, choices=ObjectionSource.choices)
    name = EncryptedTextField(blank=True)
    contact = EncryptedTextField(blank=True)
    text = EncryptedTextField()
    received_on = models.DateField()
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    is_upheld = models.BooleanField(null=True)
    answer = EncryptedTextField(blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    remedy_ref = models.CharField(max_length=60, blank=True)
    remedy_note = models.CharField(max_length=300, blank=True)
    remedied_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    remedied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"objection:{self.pk}"
