"""The only way to get a person or an organization on behalf of a user."""

from datetime import datetime

from django.http import Http404
from django.utils import timezone

from people.core import regions
from people.enums import OrganizationKind, OrganizationRole
from people.models import Organization, Person, User
from people.queries import organizations_with_role, same_person_ids

BUREAU_ROLES = (OrganizationRole.HR_OFFICER, OrganizationRole.HR_APPROVER)


def organizations_for(
    user: User, role: str, *, at: datetime | None = None
) -> list[Organization]:
    """Return the organizations in which ``user`` holds ``role``, by name."""
    rows = organizations_with_role(user, [role], at or timezone.now())
    return list(rows.order_by("sort_key", "pk"))


def organization_for(
    user: User, pk: int, *, role: str, at: datetime | None = None
) -> Organization:
    """Return an organization in which ``user`` holds ``role``; else it is not found."""
    rows = organizations_with_role(user, [role], at or timezone.now())
    organization = rows.filter(pk=pk).first()
    if organization is None:
        raise Http404
    return organization


def bureaus_for(user: User, *, at: datetime | None = None) -> list[Organization]:
    """Return the bureaus for which ``user`` works."""
    rows = organizations_with_role(user, BUREAU_ROLES, at or timezone.now())
    return [row for row in rows if row.has_kind(OrganizationKind.BUREAU)]


def person_for(user: User, pk: int, *, at: datetime | None = None) -> Person:
    """Return a person ``user`` may look at: oneself, or one of the bureau's region.

    Everybody else does not exist.  A person of a competition is reached through the
    competition, never here.
    """
    person = (
        Person.objects.select_related("organization", "survivor").filter(pk=pk).first()
    )
    if person is None:
        raise Http404
    if user.person_id is not None and user.person_id in same_person_ids(person):
        return person
    places = [person.home_region]
    if person.organization is not None:
        places.append(person.organization.region)
    for bureau in bureaus_for(user, at=at):
        if any(place and regions.is_within(place, bureau.region) for place in places):
            return person
    raise Http404
