"""The talent file: pools, criteria, entries, reviews; copies taken of lifetime files.

A pool is one bureau's own; its entries name the person by id and end, they are never
deleted.  What an entry stands on is one of three: an entitlement, a criterion the bureau
wrote from its document, or its own act with a document.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from awards.enums import PoolBasis, PoolKind, ReviewOutcome
from awards.models.decisions import Entitlement
from people.models import Organization, Person, User


class Pool(models.Model):
    """A pool such as 高技能人才库, with the document that founds it.

    ``catalogue`` is its id in pools.toml, empty for one the bureau set up by a document
    of its own.  ``takes`` are the words documents use for it (values of entitlements of
    kind 入库); ``waits_for_grant``: an entitlement proposes an entry only once granted.
    """

    bureau = models.ForeignKey(Organization, models.PROTECT, related_name="pools")
    kind = models.CharField(_("类别"), max_length=12, choices=PoolKind.choices)
    name = models.CharField(_("名称"), max_length=60)
    catalogue = models.CharField(max_length=40, blank=True)
    document = models.CharField(_("依据文件"), max_length=200)
    clause = models.CharField(_("条款"), max_length=60, blank=True)
    quote = models.CharField(_("原文"), max_length=300, blank=True)
    takes = models.JSONField(default=list, blank=True)
    waits_for_grant = models.BooleanField(default=True)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    close_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bureau", "name"],
                condition=Q(closed_at__isnull=True),
                name="pool_once_while_open",
            )
        ]

    def __str__(self) -> str:
        return self.name


class PoolCriterion(models.Model):
    """By what people become candidates: every given field must hold; none is ours.

    ``asked``: {"grade", "occupation", "titles", "tiers", "award", "years", "services",
    "level", "holder"}, only what the document asks.
    """

    pool = models.ForeignKey(Pool, models.PROTECT, related_name="criteria")
    asked = models.JSONField(default=dict)
    document = models.CharField(_("依据文件"), max_length=200)
    clause = models.CharField(_("条款"), max_length=60, blank=True)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.pool_id}: {self.document}"


class PoolEntry(models.Model):
    """入库: a person in a pool, on what, since when; 退出 with its reason.

    ``undone_at``: the admission was taken back as a mistake and never counted.
    ``batch`` names the step that admitted several at once.
    """

    pool = models.ForeignKey(Pool, models.PROTECT, related_name="entries")
    person = models.ForeignKey(Person, models.PROTECT, related_name="pool_entries")
    basis = models.CharField(max_length=12, choices=PoolBasis.choices)
    entitlement = models.ForeignKey(
        Entitlement, models.PROTECT, null=True, blank=True, related_name="pool_entries"
    )
    criterion = models.ForeignKey(
        PoolCriterion, models.PROTECT, null=True, blank=True, related_name="entries"
    )
    document = models.CharField(_("入库文件"), max_length=200)
    evidence = models.CharField(_("事由和证据"), max_length=300, blank=True)
    entered_on = models.DateField(_("入库日期"))
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    batch = models.CharField(max_length=36, db_index=True)
    left_on = models.DateField(_("退出日期"), null=True, blank=True)
    left_reason = models.CharField(_("退出理由"), max_length=300, blank=True)
    left_document = models.CharField(_("退出依据"), max_length=200, blank=True)
    left_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    left_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pool", "person"],
                condition=Q(left_at__isnull=True, undone_at__isnull=True),
                name="pool_entry_once_while_in",
            )
        ]
        indexes = [
            models.Index(fields=["pool", "left_at", "person"], name="pool_entry_list")
        ]

    def __str__(self) -> str:
        return f"{self.pool_id}: {self.person_id}"


class PoolReview(models.Model):
    """年度复核 of an entry: keep, leave or put off; the newest of a year counts.

    ``ended_entry``: this review made the person leave, so undoing it lets them back in.
    """

    entry = models.ForeignKey(PoolEntry, models.PROTECT, related_name="reviews")
    year = models.PositiveSmallIntegerField(_("复核年度"))
    outcome = models.CharField(max_length=8, choices=ReviewOutcome.choices)
    note = models.CharField(_("复核意见"), max_length=300, blank=True)
    ended_entry = models.BooleanField(default=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    batch = models.CharField(max_length=36, db_index=True)
    undone_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["entry", "year"], name="pool_review_year")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.year} {self.outcome}"


class PoolDecline(models.Model):
    """不予入库: a candidate the bureau did not admit, with its reason."""

    pool = models.ForeignKey(Pool, models.PROTECT, related_name="declines")
    person = models.ForeignKey(Person, models.PROTECT, related_name="pool_declines")
    reason = models.CharField(_("理由"), max_length=300)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    batch = models.CharField(max_length=36, db_index=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pool", "person"],
                condition=Q(undone_at__isnull=True),
                name="pool_decline_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.pool_id}: {self.person_id}"


class LifetimeCopy(models.Model):
    """A copy of a person's lifetime file that somebody of a bureau took away, and why."""

    bureau = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="lifetime_copies")
    form = models.CharField(max_length=4)  # pdf | json
    is_full = models.BooleanField(default=False)
    purpose = models.CharField(_("用途"), max_length=200, blank=True)
    digest = models.CharField(max_length=64)
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person_id} {self.form} {self.taken_at:%Y-%m-%d}"
