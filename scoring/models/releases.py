"""Numbered, immutable releases and the skills they list."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from competitions.models import Competition, Skill


class Release(models.Model):
    """成绩版本 ``R-<year>-<4-digit serial>-<first 4 hex of its hash>``; immutable.

    ``text`` is canonical JSON with everything downstream may read (skills, entries,
    members by person id, places, awards, field sizes); ``digest`` is its hash.  A later
    release supersedes only the skills it lists.
    """

    number = models.CharField(max_length=24, unique=True)
    competition = models.ForeignKey(
        Competition, models.PROTECT, related_name="releases"
    )
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    text = models.TextField()
    digest = models.CharField(max_length=64)
    source_name = models.CharField(max_length=200, blank=True)  # external: stored file
    source_digest = models.CharField(max_length=64, blank=True)
    source = models.BinaryField(null=True, blank=True)
    document = models.CharField(_("公布成绩的文件"), max_length=200, blank=True)
    announced_on = models.DateField(null=True, blank=True)
    published_by = models.CharField(max_length=60)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["year", "serial"], name="release_serial_once"
            )
        ]

    def __str__(self) -> str:
        return self.number


class ReleaseSkill(models.Model):
    """A skill that a release lists; ``superseded_by`` is the later release, if any."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="skills")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="releases")
    superseded_by = models.ForeignKey(
        Release, models.PROTECT, null=True, blank=True, related_name="supersedes"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["release", "skill"], name="release_skill_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.release_id}/{self.skill_id}"
