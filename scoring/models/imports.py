"""Keys with which a theory system or a measuring machine hands in marks."""

from django.db import models

from competitions.models import Skill
from people.models import User


class ImportKey(models.Model):
    """接口密钥: lets one machine hand in imported marks of one skill.

    Only the digest is kept; the key itself is shown once.  What comes in with it counts
    as entered by the results officer who issued it, while they hold that office.
    """

    skill = models.ForeignKey(Skill, models.PROTECT, related_name="import_keys")
    name = models.CharField(max_length=40)  # of the machine, as people call it
    digest = models.CharField(max_length=64, unique=True)
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
