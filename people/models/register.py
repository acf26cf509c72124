"""Who is who: organizations, persons, sign-ins and the roles they hold."""

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.contrib.auth.models import UserManager as DjangoUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.enums import (
    EmploymentKind,
    IdentityKind,
    OrganizationKind,
    OrganizationRole,
    Sex,
)
from people.fields import EncryptedTextField


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
    search_key = models.CharField(max_length=480, blank=True)  # names.search_key
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
    pin_set_at = models.DateTimeField(null=True, blank=True)
    pin_is_temporary = models.BooleanField(default=False)  # printed on a sealed slip
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


class PinFailure(models.Model):
    """One wrong PIN: whose, on which device, at which occasion (``scope``).

    ``cleared_at`` says since when it no longer counts: the right PIN came, or two
    persons lifted the lock.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="pin_failures")
    device = models.CharField(max_length=80, blank=True)
    scope = models.CharField(max_length=60, blank=True)
    failed_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["user", "device", "failed_at"], name="pin_failure_at"),
            models.Index(fields=["scope", "failed_at"], name="pin_failure_scope"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.failed_at:%H:%M}"


class PinRelease(models.Model):
    """The lifting of a PIN's lock before its time: one person asks, another agrees."""

    user = models.ForeignKey(User, models.CASCADE, related_name="pin_releases")
    device = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=300)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    agreed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.user_id} {self.asked_at:%H:%M}"


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
