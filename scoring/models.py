"""From a judge's mark to a release: schemes, sheets, marks, signatures, results.

Points are scaled integers (10^-6 of a point); SQL never adds decimals.  A ``Mark`` is the
current value only: its history is the ledger.  ``Result`` is a cache that ``recompute``
rebuilds from ledger events.  ``Release`` rows never change.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from competitions.models import Competition, Entry, Skill
from people.models import User
from scoring.enums import MarkState, ResultState, SheetState, SignerRole, Standing


class Scheme(models.Model):
    """A skill's marking scheme; ``text`` is the canonical core scheme, ``digest`` its hash.

    The rows below repeat the text so that sheets and marks can point at aspects.  The
    newest version of a skill is the one in force; frozen at the first mark.
    """

    skill = models.ForeignKey(Skill, models.PROTECT, related_name="schemes")
    version = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    digest = models.CharField(max_length=64)
    source_name = models.CharField(max_length=200, blank=True)
    source_digest = models.CharField(max_length=64, blank=True)
    findings = models.JSONField(default=list, blank=True)
    imported_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    imported_at = models.DateTimeField()
    frozen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["skill", "version"], name="scheme_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.skill_id} v{self.version} {self.title}"


class Criterion(models.Model):
    """A criterion or module of a scheme."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="criteria")
    letter = models.CharField(max_length=4)
    name = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return f"{self.letter} {self.name}"


class SubCriterion(models.Model):
    """What becomes one sheet per entry; ``panel`` is the letter of its marking team."""

    criterion = models.ForeignKey(
        Criterion, models.CASCADE, related_name="sub_criteria"
    )
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=300)
    day = models.PositiveSmallIntegerField(null=True, blank=True)
    panel = models.CharField(max_length=1, default="A")
    position = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Aspect(models.Model):
    """One aspect row; the rule itself is in the scheme's text under ``code``."""

    sub_criterion = models.ForeignKey(
        SubCriterion, models.CASCADE, related_name="aspects"
    )
    code = models.CharField(max_length=16)
    kind = models.CharField(max_length=12)
    maximum_scaled = models.BigIntegerField()
    position = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return self.code


class PanelSeat(models.Model):
    """A judge's seat in a skill's marking team (评分组): letter and number 1..n.

    Judgement and panel aspects of a sub-criterion are marked by every seat of its panel;
    measurement and imported aspects have one value of seat 0, entered by any of them.
    """

    skill = models.ForeignKey(Skill, models.PROTECT, related_name="seats")
    panel = models.CharField(max_length=1, default="A")
    number = models.PositiveSmallIntegerField()
    judge = models.ForeignKey(User, models.PROTECT, related_name="seats")
    seated_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["skill", "panel", "number"],
                condition=Q(left_at__isnull=True),
                name="seat_held_once",
            ),
            models.UniqueConstraint(
                fields=["skill", "panel", "judge"],
                condition=Q(left_at__isnull=True),
                name="judge_seated_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.panel}{self.number}"


class Sheet(models.Model):
    """评分表: one sub-criterion of one entry, with its state and computed points."""

    skill = models.ForeignKey(Skill, models.PROTECT, related_name="sheets")
    sub_criterion = models.ForeignKey(
        SubCriterion, models.PROTECT, related_name="sheets"
    )
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="sheets")
    state = models.CharField(
        max_length=14, choices=SheetState.choices, default=SheetState.OPEN
    )
    version = models.PositiveSmallIntegerField(default=1)
    # Seat numbers that mark this sheet: its panel without those who must stand aside.
    seats = models.JSONField(default=list)
    # Users whose signature as a judge stands; no mark may change while there is one.
    signers = models.JSONField(default=list)
    cells = models.PositiveSmallIntegerField(default=0)  # cells to fill (aspect x seat)
    filled = models.PositiveSmallIntegerField(default=0)
    aspects = models.PositiveSmallIntegerField(default=0)
    settled = models.PositiveSmallIntegerField(default=0)
    conflicts = models.PositiveSmallIntegerField(default=0)
    points_scaled = models.BigIntegerField(default=0)
    kinds_scaled = models.JSONField(default=dict)  # points by kind of mark
    states = models.JSONField(default=list)  # states of the settled aspects
    marked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sub_criterion", "entry"], name="sheet_once"
            )
        ]
        indexes = [models.Index(fields=["skill", "state"], name="sheet_skill_state")]

    def __str__(self) -> str:
        return f"sheet:{self.pk}"


class Mark(models.Model):
    """The current value of one seat (0 = the group) for one aspect of one sheet."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="marks")
    code = models.CharField(max_length=16)  # of the aspect
    seat = models.PositiveSmallIntegerField(default=0)
    judge = models.ForeignKey(User, models.PROTECT, related_name="+")
    state = models.CharField(max_length=14, choices=MarkState.choices)
    value = models.CharField(max_length=24, blank=True)  # canonical decimal text
    remark = models.CharField(max_length=300, blank=True)
    seq = models.PositiveBigIntegerField()  # ledger sequence of the event
    marked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "code", "seat"], name="mark_cell_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code}/{self.seat}: {self.value or self.state}"


class Signature(models.Model):
    """Covers a set of sheets shown as rows and one hash, given with one PIN."""

    skill = models.ForeignKey(Skill, models.PROTECT, related_name="signatures")
    signer = models.ForeignKey(User, models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=SignerRole.choices)
    digest = models.CharField(max_length=64)
    seq = models.PositiveBigIntegerField()  # of its ledger event, as event_hash
    event_hash = models.CharField(max_length=128)
    signed_at = models.DateTimeField()
    void_at = models.DateTimeField(null=True, blank=True)
    sheets = models.ManyToManyField(Sheet, related_name="signatures")

    def __str__(self) -> str:
        return f"#{self.seq} {self.digest[:4].upper()}"


class JudgeCall(models.Model):
    """呼叫裁判长 / 报告问题 from a tablet, until the chief judge closes it."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="calls")
    caller = models.ForeignKey(User, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)  # call | problem
    text = models.CharField(max_length=300, blank=True)
    called_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.kind} {self.called_at:%H:%M}"


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
    computed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"entry:{self.entry_id} {self.place or self.standing}"


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
