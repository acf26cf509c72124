"""The last published snapshot of each board and audience; nothing else.

This is the only table a spectators' process may read.
"""

from django.db import models


class Snapshot(models.Model):
    """What one audience sees on one board: the whole payload as encoded JSON.

    ``board`` is a skill's public id (or ``c-<code>`` for a competition's overview);
    ``built_from`` is the sum of the chain heads it was computed from and only grows;
    ``seq`` counts published states.
    """

    board = models.CharField(max_length=70)
    audience = models.CharField(max_length=12)
    chains = models.JSONField(default=list)
    built_from = models.PositiveBigIntegerField(default=0)
    seq = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    text = models.TextField(blank=True)
    published_at = models.DateTimeField()
    checked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["board", "audience"], name="snapshot_once")
        ]
        indexes = [models.Index(fields=["published_at"], name="snapshot_published")]
