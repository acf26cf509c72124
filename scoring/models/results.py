"""Results: a skill's scoring state, points and places, and what is set by decision."""

from django.db import models
from django.db.models import Q

from competitions.models import Competition, Delegation, Entry, Skill
from people.models import User
from scoring.enums import Overridden, ResultState, Standing
from scoring.models.schemes import Scheme


class SkillState(models.Model):
    """The scoring side of a skill: scheme in force, result state, freeze, verification.

    One row per skill, made with its first scheme.  ``decisions`` holds the chief judge's
    order of equal entries: {entry id: place among its equals}.
    """

    skill = models.OneToOneField(Skill, models.PROTECT, related_name="scoring_state")
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True)  # sheets made, marking on
    decisions = models.JSONField(default=dict)
    state = models.CharField(
        max_length=12, choices=ResultState.choices, default=ResultState.PROVISIONAL
    )
    frozen_at = models.DateTimeField(null=True, blank=True)
    frozen_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    verification_note = models.CharField(max_length=300, blank=True)
    # Letters of the panels that enter everything on one tablet.
    group_panels = models.JSONField(default=list)
    # When teams mark, as the mark path reads it: {letter: {"days", "subs", "until"}}.
    calendar = models.JSONField(default=dict, blank=True)
    keys_twice = models.BooleanField(default=False)  # paper is keyed in by two people

    def __str__(self) -> str:
        return f"{self.skill_id} {self.state}"


class Result(models.Model):
    """One entry's computed points and place.  A cache; ``recompute`` rebuilds it.

    ``public_*`` is what a public board may count (public_from) and stands still during a
    freeze.  ``tie_scaled`` is the ordered list of tie-break values.
    """

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="result")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="results")
    standing = models.CharField(
        max_length=12, choices=Standing.choices, default=Standing.NOT_SCORED
    )
    points_scaled = models.BigIntegerField(default=0)
    tie_scaled = models.JSONField(default=list)
    place = models.PositiveSmallIntegerField(null=True, blank=True)
    is_undecided = models.BooleanField(default=False)  # its place waits for a decision
    scale_score = models.IntegerField(null=True, blank=True)  # WorldSkills rules only
    public_standing = models.CharField(
        max_length=12, choices=Standing.choices, default=Standing.NOT_SCORED
    )
    public_points_scaled = models.BigIntegerField(default=0)
    public_place = models.PositiveSmallIntegerField(null=True, blank=True)
    award = models.CharField(
        max_length=40, blank=True
    )  # medal or prize, statutory word
    # [{"letter","points","sheets","done","filled","cells"}], and as the public sees it.
    modules = models.JSONField(default=list)
    public_modules = models.JSONField(default=list)
    # The penalties that stand, [["2.5", is percent], …]; the rows are in Penalty.
    penalties = models.JSONField(default=list, blank=True)
    computed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"entry:{self.entry_id} {self.place or self.standing}"


class Penalty(models.Model):
    """违规处罚: what the chief judge takes from an entry, with clause and reason.

    Never changed; taken back by a second event that fills ``void_at``.
    """

    skill = models.ForeignKey(Skill, models.PROTECT, related_name="penalties")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="penalties")
    value = models.CharField(max_length=24)  # canonical decimal text
    is_percent = models.BooleanField(default=False)
    clause = models.CharField(max_length=100)
    reason = models.CharField(max_length=300)
    imposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    imposed_at = models.DateTimeField()
    void_reason = models.CharField(max_length=300, blank=True)
    void_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    void_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.value}{'%' if self.is_percent else ''} {self.clause}"


class Override(models.Model):
    """更正: a place or award set by decision, in force once a second person confirms it.

    It survives recomputation, because its event is in the ledger.  ``value`` empty with
    ``is_computed`` goes back to what was calculated.  The newest confirmed one counts.
    """

    skill = models.ForeignKey(Skill, models.PROTECT, related_name="overrides")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="overrides")
    name = models.CharField(max_length=8, choices=Overridden.choices)
    value = models.CharField(max_length=40, blank=True)
    is_computed = models.BooleanField(default=False)
    before = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=500)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "name"],
                condition=Q(confirmed_at__isnull=True, dropped_at__isnull=True),
                name="override_waits_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.name}: {self.value}"


class DelegationChoice(models.Model):
    """Who is the best of a delegation by choice (Best of Nation); the newest counts."""

    competition = models.ForeignKey(
        Competition, models.PROTECT, related_name="delegation_choices"
    )
    delegation = models.ForeignKey(
        Delegation, models.PROTECT, related_name="best_choices"
    )
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    chosen_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.delegation_id}: {self.entry_id}"


class PrizeScale(models.Model):
    """Prizes set for a skill or competition by a document; each value with citation."""

    competition = models.ForeignKey(
        Competition, models.PROTECT, related_name="prize_scales"
    )
    skill = models.ForeignKey(
        Skill, models.PROTECT, null=True, blank=True, related_name="prize_scales"
    )
    steps = models.JSONField()  # [{"award","from","to"|"share","rounding","citation"}]
    citation = models.JSONField()
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=60)

    def __str__(self) -> str:
        return f"{self.competition_id}/{self.skill_id or 0}"
