"""Competitions, their skills, and everyone who takes part in them.

Marks, points and places do not belong here.  An entry is one competitor or team in one
skill; a team is one entry.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from competitions.enums import (
    BoardNaming,
    CompetitionClass,
    CompetitionKind,
    EntryState,
    EventRole,
    Group,
    HostRole,
    Origin,
    Phase,
    PublicFrom,
    Tier,
    Track,
)
from people.fields import EncryptedTextField
from people.models import Organization, Person, User


class Series(models.Model):
    """A series such as 四川工匠杯, whose editions are competitions."""

    name = models.CharField(_("系列"), max_length=120, unique=True)
    region = models.CharField(max_length=6, blank=True)

    def __str__(self) -> str:
        return self.name


class Competition(models.Model):
    """One edition: tier, class, kind, region, dates, hosts, phase.

    ``owner`` is the tenant: the organizing body (own) or the bureau (external).  To
    everybody else the row does not exist unless it is public.
    """

    code = models.SlugField(_("代码"), max_length=60, unique=True)
    series = models.ForeignKey(
        Series, models.PROTECT, null=True, blank=True, related_name="editions"
    )
    name = models.CharField(_("赛事名称"), max_length=160)
    name_en = models.CharField(_("英文名称"), max_length=160, blank=True)
    edition = models.CharField(_("届次"), max_length=40, blank=True)
    tier = models.CharField(_("赛事层级"), max_length=30, choices=Tier.choices)
    competition_class = models.CharField(
        _("类别"),
        max_length=10,
        choices=CompetitionClass.choices,
        default=CompetitionClass.NONE,
    )
    kind = models.CharField(
        _("性质"),
        max_length=20,
        choices=CompetitionKind.choices,
        default=CompetitionKind.COMPREHENSIVE,
    )
    region = models.CharField(_("行政区划"), max_length=6, blank=True)
    place = models.CharField(_("地点"), max_length=80, blank=True)
    zone = models.CharField(_("时区"), max_length=40, default="Asia/Shanghai")
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"))
    document_number = models.CharField(_("文号"), max_length=80, blank=True)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.OWN)
    is_rehearsal = models.BooleanField(_("演练"), default=False)
    owner = models.ForeignKey(
        Organization, models.PROTECT, related_name="owned_competitions"
    )
    phase = models.CharField(max_length=20, choices=Phase.choices, default=Phase.DRAFT)
    cancel_reason = models.CharField(max_length=300, blank=True)
    public_from = models.CharField(
        _("公众看板计分时点"),
        max_length=20,
        choices=PublicFrom.choices,
        default=PublicFrom.CHIEF_SIGNED,
    )
    is_listed = models.BooleanField(_("首页公开"), default=True)
    # Handed down by documents, each value with its citation (awards calls our actions).
    tier_role = models.JSONField(default=dict, blank=True)
    entry_conditions = models.JSONField(default=list, blank=True)
    minimum_field = models.JSONField(default=dict, blank=True)
    # For how long after a skill's end its leaders may appeal.
    appeal_minutes = models.PositiveSmallIntegerField(
        _("申诉时限（分钟）"), default=120
    )
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Host(models.Model):
    """主办, 承办, 协办 of a competition, in order."""

    competition = models.ForeignKey(Competition, models.CASCADE, related_name="hosts")
    organization = models.ForeignKey(Organization, models.PROTECT)
    role = models.CharField(max_length=12, choices=HostRole.choices)
    position = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.organization}"


class Skill(models.Model):
    """赛项: one discipline of a competition for one group.

    ``public_id`` is the random id in public addresses.  ``draw_levels`` 0..3 says how
    many times codes are drawn; 0 means that entries are known by their workstation.
    """

    competition = models.ForeignKey(Competition, models.PROTECT, related_name="skills")
    public_id = models.CharField(max_length=16, unique=True)
    number = models.CharField(_("编号"), max_length=10)
    name = models.CharField(_("赛项名称"), max_length=100)
    name_en = models.CharField(_("英文名称"), max_length=100, blank=True)
    occupation_code = models.CharField(_("职业编码"), max_length=20, blank=True)
    occupation_name = models.CharField(_("职业"), max_length=60, blank=True)
    occupation_version = models.CharField(max_length=10, default="2022")
    group = models.CharField(
        _("组别"), max_length=10, choices=Group.choices, default=Group.WORKER
    )
    team_size = models.PositiveSmallIntegerField(_("每队人数"), default=1)
    track = models.CharField(
        _("赛项类别"), max_length=20, choices=Track.choices, default=Track.NONE
    )
    is_technical = models.BooleanField(_("专业技术类"), default=False)
    is_demonstration = models.BooleanField(_("表演项目，不计团体"), default=False)
    paper_grade = models.PositiveSmallIntegerField(_("命题等级"), null=True, blank=True)
    days = models.PositiveSmallIntegerField(_("天数"), default=1)
    draw_levels = models.PositiveSmallIntegerField(_("抽签加密次数"), default=0)
    board_naming = models.CharField(
        _("解密前看板称呼"),
        max_length=10,
        choices=BoardNaming.choices,
        default=BoardNaming.CODES,
    )
    decoded_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)  # recorded, starts appeals

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["competition", "number"], name="skill_number_once"
            ),
            models.CheckConstraint(
                condition=Q(team_size__gte=1), name="skill_team_size_positive"
            ),
        ]
        ordering = ["number", "pk"]

    def __str__(self) -> str:
        return self.name


class Delegation(models.Model):
    """代表队: the body that sends competitors."""

    competition = models.ForeignKey(
        Competition, models.PROTECT, related_name="delegations"
    )
    name = models.CharField(_("代表队"), max_length=120)
    region = models.CharField(max_length=6, blank=True)
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["competition", "name"], name="delegation_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Entry(models.Model):
    """参赛: one competitor or team in one skill for a delegation.

    ``bib`` is the entry number (参赛号); ``code`` is the blind code judges see (工位号 or
    评审号, the last drawn level); ``alias`` comes from a permutation of its own for public
    boards.  ``key`` is the stable name within the skill used by imports.
    """

    skill = models.ForeignKey(Skill, models.PROTECT, related_name="entries")
    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="entries")
    key = models.CharField(max_length=40)
    bib = models.CharField(_("参赛号"), max_length=10, blank=True)
    code = models.CharField(_("工位号"), max_length=10, blank=True)
    alias = models.CharField(_("代号"), max_length=10, blank=True)
    state = models.CharField(
        max_length=20, choices=EntryState.choices, default=EntryState.DRAFT
    )
    state_reason = models.CharField(max_length=300, blank=True)
    is_guest = models.BooleanField(_("不计名次"), default=False)
    findings = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["skill", "key"], name="entry_key_once"),
            models.UniqueConstraint(
                fields=["skill", "code"],
                condition=~Q(code=""),
                name="entry_code_once",
            ),
        ]
        ordering = ["key", "pk"]

    def __str__(self) -> str:
        return self.code or self.key


class EntryMember(models.Model):
    """A competitor in an entry; ``position`` 1 is the first-listed 主选手.

    ``organization`` is the unit at the time of entry, as printed on certificates.
    """

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="entry_members")
    position = models.PositiveSmallIntegerField(default=1)
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True
    )
    employment_kind = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "person"], name="entry_member_once"
            )
        ]
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.entry} {self.position}"


class EntryCoach(models.Model):
    """A coach of an entry, in order; the first is the lead coach."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="coaches")
    person = models.ForeignKey(Person, models.PROTECT, related_name="coached_entries")
    position = models.PositiveSmallIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.entry} {self.position}"


class Appointment(models.Model):
    """An event role of a person in a competition (``skill`` None) or one skill."""

    competition = models.ForeignKey(
        Competition, models.PROTECT, related_name="appointments"
    )
    skill = models.ForeignKey(
        Skill, models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=20, choices=EventRole.choices)
    delegation = models.ForeignKey(
        Delegation, models.PROTECT, null=True, blank=True, related_name="leaders"
    )
    appointed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    appointed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["skill", "person", "role"],
                condition=Q(withdrawn_at__isnull=True, skill__isnull=False),
                name="appointment_once_per_skill",
            ),
            models.UniqueConstraint(
                fields=["competition", "person", "role"],
                condition=Q(withdrawn_at__isnull=True, skill__isnull=True),
                name="appointment_once_per_competition",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.person_id}"


class Draw(models.Model):
    """抽签加密: one level of codes for one skill, sealed by a commitment.

    ``mapping`` holds seed and codes (entry key to code) as encrypted JSON;
    ``commitment`` is the salted hash printed before the first mark.  Decode opens the last
    level first: its officer asks (``asked_at``), a supervisor opens (``opened_at``).
    """

    skill = models.ForeignKey(Skill, models.PROTECT, related_name="draws")
    level = models.PositiveSmallIntegerField()
    officer = models.ForeignKey(User, models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()
    commitment = models.CharField(max_length=64)
    salt = models.CharField(max_length=64)
    mapping = EncryptedTextField()
    printed_at = models.DateTimeField(null=True, blank=True)
    copies = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    witness = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["skill", "level"], name="draw_level_once")
        ]

    def __str__(self) -> str:
        return f"{self.skill} {self.level}"


class PublicNotice(models.Model):
    """公示 of results: n working days from a date; closed by a human act.

    ``skills`` lists skill ids; ``object_ref`` names the thing opaquely.  Zero days need
    a reason.
    """

    competition = models.ForeignKey(
        Competition, models.PROTECT, related_name="public_notices"
    )
    object_ref = models.CharField(max_length=60)
    skills = models.JSONField(default=list)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    working_days = models.PositiveSmallIntegerField()
    ends_on = models.DateField()
    reason = models.CharField(max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(max_length=300, blank=True)  # closed without effect

    def __str__(self) -> str:
        return f"{self.competition} {self.ends_on}"
