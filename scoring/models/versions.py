"""A frozen scheme's next version, from proposal to confirmation."""

from django.db import models
from django.db.models import Q

from competitions.models import Skill
from people.models import User
from scoring.models.schemes import Scheme


class SchemeProposal(models.Model):
    """新版方案: what one person proposes in place of a frozen scheme, another confirms.

    ``base`` is the digest of the scheme it was written against.  ``dropped`` names the
    aspects that vanish with their marks, and how many marks of each were agreed to go:
    {code: count}.  ``scheme`` is the version it became.
    """

    skill = models.ForeignKey(Skill, models.PROTECT, related_name="scheme_proposals")
    base = models.CharField(max_length=64)
    text = models.TextField()
    digest = models.CharField(max_length=64)
    source_name = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=500)
    dropped = models.JSONField(default=dict, blank=True)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    scheme = models.OneToOneField(
        Scheme, models.PROTECT, null=True, blank=True, related_name="proposal"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["skill"],
                condition=Q(confirmed_at__isnull=True, withdrawn_at__isnull=True),
                name="scheme_proposal_waits_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.skill_id} {self.digest[:8]}"
