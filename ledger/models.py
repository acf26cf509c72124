"""Chain and Event: rows that only ever grow (triggers refuse the rest).

Actors and objects are opaque ids, so no foreign key points upward.
"""

from django.db import models

from ledger.core.chain import DEFAULT_ALGORITHM, ChainRef, Link, moment


class Chain(models.Model):
    """Events about one thing in order; ``seq`` and ``head`` are those of the last."""

    kind = models.CharField(max_length=20)
    ref = models.CharField(max_length=40)
    seq = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=128, blank=True, default="")
    algorithm = models.CharField(max_length=20, default=DEFAULT_ALGORITHM)
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "ref"], name="chain_once")
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def name(self) -> ChainRef:
        return ChainRef(self.kind, self.ref)


class Event(models.Model):
    """One fact that was done; never changed, never deleted."""

    chain = models.ForeignKey(Chain, models.PROTECT, related_name="events")
    seq = models.PositiveBigIntegerField()
    type = models.CharField(max_length=60)
    actor = models.CharField(max_length=60)
    device = models.CharField(max_length=80, blank=True, default="")
    device_n = models.PositiveBigIntegerField(null=True, blank=True)
    key = models.UUIDField(null=True, blank=True)
    body = models.TextField()
    client_time = models.CharField(max_length=40, blank=True, default="")
    server_time = models.DateTimeField()
    prev = models.CharField(max_length=128, blank=True)
    hash = models.CharField(max_length=128)
    device_signature = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["chain", "seq"], name="event_once_in_chain"
            ),
            models.UniqueConstraint(
                fields=["chain", "key"],
                condition=models.Q(key__isnull=False),
                name="event_key_once_in_chain",
            ),
        ]
        indexes = [models.Index(fields=["chain", "type"], name="event_by_type")]

    def __str__(self) -> str:
        return f"{self.chain} #{self.seq} {self.type}"

    def link(self, chain: Chain) -> Link:
        """This event as the plain values that are hashed."""
        return Link(
            chain=str(chain.name),
            seq=self.seq,
            type=self.type,
            actor=self.actor,
            device=self.device,
            device_n=self.device_n,
            key=str(self.key or ""),
            body=self.body,
            client_time=self.client_time,
            server_time=moment(self.server_time),
            prev=self.prev,
            algorithm=chain.algorithm,
            hash=self.hash,
            device_signature=self.device_signature,
        )
