"""The last published snapshot of each board and audience; nothing else.

This is the only table a spectators' process may read.
"""

from datetime import datetime

from django.db import models


class Snapshot(models.Model):
    """What one audience sees on one board: the whole payload as encoded JSON.

    ``board`` is a skill's public id.  ``built_from`` is the sum of the chain heads it was
    computed from and only grows; ``seq`` counts published states.  An empty ``text``
    says that this audience may see no board (any more).  ``summary`` repeats what lists
    of boards show.  The one row without a board is the publishers' pulse: its
    ``checked_at`` says when all boards were last known to be up to date.
    """

    board = models.CharField(max_length=70)
    audience = models.CharField(max_length=12)
    built_from = models.PositiveBigIntegerField(default=0)
    seq = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    text = models.TextField(blank=True)
    summary = models.JSONField(default=dict, blank=True)
    published_at = models.DateTimeField()
    checked_at = models.DateTimeField()

    pulse: datetime | None = None  # filled by queries.snapshot_of

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["board", "audience"], name="snapshot_once")
        ]
        indexes = [models.Index(fields=["published_at"], name="snapshot_published")]

    def __str__(self) -> str:
        return f"{self.board} {self.audience} {self.seq}"
