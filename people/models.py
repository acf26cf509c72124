"""Who is who: persons, organizations, sign-ins and the roles they hold.

A row here is the current fact with its evidence; what a fact was before stands in the
encrypted change table.  No model of this app may point to an app above it.
"""

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.contrib.auth.models import UserManager as DjangoUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.core.grades import Grade
from people.core.occupations import DICTIONARY
from people.enums import (
    EmploymentKind,
    EquivalenceLadder,
    GradeIssuerKind,
    HolderKind,
    IdentityKind,
    OrganizationKind,
    OrganizationRole,
    Sex,
    StatedField,
    TitleLevel,
    TitleRoute,
)
from people.fields import EncryptedTextField
from people.words import grade_words


class Organization(models.Model):
    """A ministry, bureau, union, enterprise, school or other body; kinds may be several."""

    name = models.CharField(_("单位名称"), max_length=120)
    short_name = models.CharField(_("简称"), max_length=60, blank=True)
    kinds = models.JSONField(_("单位性质"), default=list)
    region = models.CharField(_("行政区划"), max_length=6, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    sort_key = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name", "region"], name="organization_name_once_per_region"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def has_kind(self, kind: OrganizationKind) -> bool:
        return str(kind) in self.kinds


class Person(models.Model):
    """One human being, once.  A duplicate points to its survivor; nothing is rewritten.

    ``identity_hash`` is a keyed hash of kind and number: it makes the number unique and
    searchable while the number itself is stored encrypted.  A *provisional* person comes
    from a published table without identity numbers and belongs to that file alone.
    """

    name = models.CharField(_("姓名"), max_length=80)
    latin_name = models.CharField(_("拼音或外文名"), max_length=120, blank=True)
    sort_key = models.CharField(max_length=240, blank=True)
    identity_kind = models.CharField(
        _("证件类型"), max_length=30, choices=IdentityKind.choices, blank=True
    )
    identity_number = EncryptedTextField(_("证件号码"), blank=True)
    identity_hash = models.CharField(max_length=64, null=True, blank=True, unique=True)
    social_card_number = EncryptedTextField(_("社会保障卡号"), blank=True)
    social_card_hash = models.CharField(
        max_length=64, null=True, blank=True, unique=True
    )
    phone = EncryptedTextField(_("联系电话"), blank=True)
    birth_on = models.DateField(_("出生日期"), null=True, blank=True)
    sex = models.CharField(
        _("性别"), max_length=1, choices=Sex.choices, default=Sex.UNKNOWN
    )
    ethnicity = models.CharField(_("民族"), max_length=20, blank=True)
    education = models.CharField(_("学历"), max_length=30, blank=True)
    home_region = models.CharField(_("所属地区"), max_length=6, blank=True)
    employment_kind = models.CharField(
        _("身份"), max_length=20, choices=EmploymentKind.choices, blank=True
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="people"
    )
    population_tags = models.JSONField(default=list, blank=True)
    provisional_key = models.CharField(
        max_length=120, null=True, blank=True, unique=True
    )
    survivor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="duplicates"
    )
    registered_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["sort_key"], name="person_sort_key")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_provisional(self) -> bool:
        return self.provisional_key is not None


class User(AbstractBaseUser, PermissionsMixin):
    """A sign-in; may belong to a Person.  ``pin`` is the hash of a judge's PIN."""

    username = models.CharField(_("账号"), max_length=60, unique=True)
    name = models.CharField(_("姓名"), max_length=80)
    person = models.OneToOneField(
        Person, models.PROTECT, null=True, blank=True, related_name="user"
    )
    pin = models.CharField(max_length=128, blank=True)
    pin_failures = models.PositiveSmallIntegerField(default=0)
    pin_failed_at = models.DateTimeField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = DjangoUserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = ""
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name or self.username

    @property
    def actor(self) -> str:
        """The opaque id under which the ledger knows this sign-in."""
        return f"user:{self.pk}"

    def clean(self) -> None:
        """Keep Django's user checks from asking for an e-mail address."""


class Membership(models.Model):
    """A role a user holds in an organization, from one day to another (open = None)."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="memberships"
    )
    role = models.CharField(max_length=30, choices=OrganizationRole.choices)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organization", "role"],
                condition=Q(ends_on__isnull=True),
                name="membership_once_while_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()}"


class PersonFact(models.Model):
    """What every fact about a person carries: evidence, author, time, end.

    A correction is a new row; the old one names it in ``replaced_by`` and keeps why.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="%(class)ss")
    evidence = models.CharField(_("证据"), max_length=200, blank=True)
    evidence_on = models.DateField(_("证据日期"), null=True, blank=True)
    recorded_by = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=60, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces"
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{type(self).__name__} {self.pk}"


class GradeHeld(PersonFact):
    """A vocational grade held in one occupation.  ``grade`` is the ladder's rank 0..7."""

    occupation_code = models.CharField(_("职业编码"), max_length=20)
    occupation_name = models.CharField(_("职业"), max_length=60, blank=True)
    dictionary = models.CharField(_("大典版本"), max_length=10, default=DICTIONARY)
    work_type = models.CharField(_("工种"), max_length=60, blank=True)
    grade = models.PositiveSmallIntegerField(_("等级"))
    certificate_number = models.CharField(_("证书编号"), max_length=30, blank=True)
    issued_on = models.DateField(_("发证日期"), null=True, blank=True)
    issuer_kind = models.CharField(
        max_length=1, choices=GradeIssuerKind.choices, blank=True
    )
    issuer = models.CharField(_("发证机构"), max_length=120, blank=True)

    @property
    def grade_label(self) -> str:
        """Name and number, e.g. 高级技师（一级）."""
        return grade_words(Grade(self.grade).full_label)


class TitleHeld(PersonFact):
    """A title such as 全国技术能手 with its route and the place it came from."""

    title = models.CharField(_("称号"), max_length=60)
    issuer = models.CharField(_("授予单位"), max_length=120, blank=True)
    awarded_on = models.DateField(null=True, blank=True)
    route = models.CharField(max_length=20, choices=TitleRoute.choices, blank=True)
    origin_region = models.CharField(max_length=6, blank=True)


class HolderFact(PersonFact):
    """A holder's fact: 国务院特贴, 国家级/省级工作室领办人.

    ``holds`` False is a recorded "no"; without a row the fact is unknown.
    """

    kind = models.CharField(max_length=40, choices=HolderKind.choices)
    since = models.DateField(null=True, blank=True)
    holds = models.BooleanField(default=True)


class ProfessionalTitle(PersonFact):
    """A professional title (职称) with its level."""

    name = models.CharField(_("职称"), max_length=60)
    level = models.CharField(_("职称层级"), max_length=20, choices=TitleLevel.choices)
    issuer = models.CharField(_("评审单位"), max_length=120, blank=True)
    acquired_on = models.DateField(_("取得日期"), null=True, blank=True)


class FieldEvidence(PersonFact):
    """On what a value of the person's file stands: employment, education, card …

    The value itself stands in :class:`Person`, its history in :class:`Change`.
    """

    field = models.CharField(max_length=30, choices=StatedField.choices)


class GradeConfirmation(PersonFact):
    """A person's recorded statement that *no* grade is held in an occupation.

    Without it, an absent :class:`GradeHeld` is a missing fact, never "none".
    """

    occupation_code = models.CharField(max_length=20)


class TitleConfirmation(PersonFact):
    """A recorded statement that a person holds *no* title; silence means unknown."""


class GradeAlias(models.Model):
    """An issuer's own name for a rung of the ladder, such as an enterprise's."""

    bureau = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    issuer = models.CharField(_("发证机构"), max_length=120)
    name = models.CharField(_("本单位的叫法"), max_length=60)
    grade = models.PositiveSmallIntegerField(_("等级"))
    citation = models.CharField(_("依据文件"), max_length=200)
    recorded_by = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bureau", "issuer", "name"],
                condition=Q(withdrawn_at__isnull=True),
                name="grade_alias_once_while_in_force",
            )
        ]

    def __str__(self) -> str:
        return f"{self.issuer} {self.name}"

    @property
    def grade_label(self) -> str:
        """The rung's name and number."""
        return grade_words(Grade(self.grade).full_label)


class GradeEquivalence(models.Model):
    """What a grade counts as on another ladder, by a document a bureau entered.

    Takes the place of the background row of the same grade and ladder.
    """

    bureau = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    grade = models.PositiveSmallIntegerField(_("等级"))
    ladder = models.CharField(max_length=20, choices=EquivalenceLadder.choices)
    counts_as = models.CharField(_("相当于"), max_length=60)
    citation = models.CharField(_("依据文件"), max_length=200)
    recorded_by = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bureau", "grade", "ladder"],
                condition=Q(withdrawn_at__isnull=True),
                name="grade_equivalence_once_while_in_force",
            )
        ]

    def __str__(self) -> str:
        return f"{self.grade} {self.counts_as}"


class IntegrityRecord(models.Model):
    """诚信档案: blocks a person or an organization for a period and a scope."""

    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="integrity_records"
    )
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="integrity_records",
    )
    scope = models.CharField(max_length=60)
    reason = models.CharField(max_length=300)
    document = models.CharField(_("处理文件"), max_length=200, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    recorded_by = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()
    ended_by = models.CharField(max_length=60, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="integrity_record_has_one_subject",
                condition=Q(person__isnull=False, organization__isnull=True)
                | Q(person__isnull=True, organization__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.starts_on}"


class Change(models.Model):
    """One change to a personal fact, encrypted; the ledger holds only its digest."""

    object_ref = models.CharField(max_length=60, db_index=True)
    field = models.CharField(max_length=60)
    before = EncryptedTextField(blank=True)
    after = EncryptedTextField(blank=True)
    salt = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    retain_until = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.object_ref} {self.field}"


class Consent(models.Model):
    """A person's consent to a version of a notice, or its withdrawal."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=60)
    notice_version = models.CharField(max_length=20)
    given_at = models.DateTimeField()
    channel = models.CharField(max_length=40)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.purpose} {self.notice_version}"
