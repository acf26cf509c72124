"""Sign-ins, organizations and the roles held in them."""

from datetime import date, datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from people.actions.changes import note
from people.enums import OrganizationKind, OrganizationRole
from people.errors import AccountRefused, PeopleError
from people.models import Membership, Organization, Person, User
from people.names import text_key
from people.policy import Actor

# 系统, 安全 and 审计 administrators are different people.
SEPARATE = frozenset(
    {
        OrganizationRole.SYSTEM_ADMINISTRATOR,
        OrganizationRole.SECURITY_ADMINISTRATOR,
        OrganizationRole.AUDIT_ADMINISTRATOR,
    }
)


@transaction.atomic
def register_organization(
    *,
    name: str,
    by: Actor,
    at: datetime,
    region: str = "",
    kinds: tuple[str, ...] | list[str] = (),
    short_name: str = "",
    parent: Organization | None = None,
) -> tuple[Organization, bool]:
    """Return the organization of this name and region and whether the row is new.

    Kinds that a known organization does not have yet are added.
    """
    unknown = set(map(str, kinds)) - set(OrganizationKind.values)
    if unknown:
        raise PeopleError(
            _("不认识单位性质：%(kinds)s") % {"kinds": "、".join(sorted(unknown))},
            "organization-kind",
        )
    known = Organization.objects.filter(name=name, region=region).first()
    if known is not None:
        missing = [str(kind) for kind in kinds if str(kind) not in known.kinds]
        if missing:
            known.kinds = [*known.kinds, *missing]
            known.save(update_fields=["kinds"])
            body = {"organization": f"organization:{known.pk}", "kinds": known.kinds}
            note("organization-changed", body, by=by, at=at)
        return known, False
    organization = Organization.objects.create(
        name=name,
        short_name=short_name,
        kinds=[str(kind) for kind in kinds],
        region=region,
        parent=parent,
        sort_key=text_key(name),
    )
    body = {"organization": f"organization:{organization.pk}"}
    note("organization-registered", body, by=by, at=at)
    return organization, True


@transaction.atomic
def register_user(
    *,
    username: str,
    name: str,
    password: str,
    by: Actor,
    at: datetime,
    person: Person | None = None,
    is_staff: bool = False,
) -> User:
    """Open a sign-in; its password must pass the rules of the settings."""
    if User.objects.filter(username=username).exists():
        raise AccountRefused(
            _("账号“%(name)s”已经有人使用，请换一个。") % {"name": username},
            "username-taken",
        )
    user = User(username=username, name=name, person=person, is_staff=is_staff)
    _require_password(password, user)
    user.set_password(password)
    user.save()
    body = {"user": user.actor, "person": f"person:{person.pk}" if person else ""}
    note("user-registered", body, by=by, at=at)
    return user


def _require_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise AccountRefused(_("；").join(error.messages), "password-weak") from None


@transaction.atomic
def grant_membership(
    user: User,
    *,
    organization: Organization,
    role: str,
    by: Actor,
    at: datetime,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Membership:
    """Give ``user`` a role in an organization; a role already open comes back as it is.

    Nobody holds two of system, security and audit administrator.
    """
    starts_on = starts_on or timezone.localdate(at)
    held = _open_on(user, starts_on)
    for membership in held:
        if membership.organization_id == organization.pk and membership.role == role:
            return membership
    others = {membership.role for membership in held} & SEPARATE - {role}
    if role in SEPARATE and others:
        raise AccountRefused(
            _("系统、安全、审计管理员须由不同的人担任。"), "administrators-apart"
        )
    membership = Membership.objects.create(
        user=user,
        organization=organization,
        role=role,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    body = {
        "user": user.actor,
        "organization": f"organization:{organization.pk}",
        "role": str(role),
    }
    note("membership-granted", body, by=by, at=at)
    return membership


def _open_on(user: User, day: date) -> list[Membership]:
    open_end = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    return list(Membership.objects.filter(open_end, user=user))


@transaction.atomic
def revoke_membership(membership: Membership, *, by: Actor, at: datetime) -> None:
    """End a role at once: yesterday is its last day."""
    membership.ends_on = timezone.localdate(at) - timedelta(days=1)
    membership.save(update_fields=["ends_on"])
    body = {
        "user": f"user:{membership.user_id}",
        "organization": f"organization:{membership.organization_id}",
        "role": membership.role,
    }
    note("membership-revoked", body, by=by, at=at)


@transaction.atomic
def change_password(user: User, *, password: str, by: Actor, at: datetime) -> None:
    """Set a new password that passes the rules of the settings."""
    _require_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    note("password-changed", {"user": user.actor}, by=by, at=at)
