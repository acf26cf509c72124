"""The words of permission: every view and consumer names what it lets people do.

``@policy("scoring.enter_marks")`` checks that somebody is signed in and could hold one of
the declared roles.  It never looks at an object: whether *this* sheet or *that*
competition is yours is ``access.py``'s question, and a foreign object is not found.
Organization roles are checked here; event roles (judge, supervisor …) are appointments
of a competition, which this app cannot see, so they only ask for a sign-in that belongs
to a person.
"""

import inspect
from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from asgiref.sync import sync_to_async
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from people.enums import OrganizationRole
from people.models import Membership, User
from people.register import PUBLIC, SIGNED_IN, Permission, permissions

__all__ = ["PUBLIC", "SIGNED_IN", "Actor", "Permission", "actor_of", "allows", "policy"]

Actor = User | str
ANONYMOUS = AnonymousUser()
# Held in an organization, or by appointment to one competition's delegation.
APPOINTED_TOO = {str(OrganizationRole.LEADER)}


def actor_of(by: Actor) -> str:
    """Return the opaque id under which the ledger knows who acts."""
    return by if isinstance(by, str) else by.actor


def roles_on(user: User, day: date) -> frozenset[str]:
    """Return the organization roles ``user`` holds on a day, read once per instance."""
    cached = getattr(user, "_roles_on", None)
    if cached is None or cached[0] != day:
        held = Membership.objects.filter(user=user, starts_on__lte=day)
        rows = held.values_list("role", "ends_on")
        roles = frozenset(role for role, end in rows if end is None or end >= day)
        user._roles_on = cached = (day, roles)  # type: ignore[attr-defined]
    return cached[1]


def roles_of(user: User) -> frozenset[str]:
    """Return the organization roles ``user`` holds today."""
    return roles_on(user, timezone.localdate())


def allows(user: Any, name: str) -> bool:
    """Return whether ``user`` may try ``name`` at all (objects are access.py's job)."""
    permission = permissions[name]
    if PUBLIC in permission.roles:
        return True
    if not user.is_authenticated or not user.is_active:
        return False
    if SIGNED_IN in permission.roles:
        return True
    roles = set(permission.roles)
    by_appointment = roles - set(OrganizationRole.values) | roles & APPOINTED_TOO
    if by_appointment and user.person_id is not None:
        return True
    return bool(roles & roles_of(user))


def wants_json(request: HttpRequest) -> bool:
    """Return whether the caller is a script rather than a page."""
    accept = request.headers.get("Accept", "")
    return "application/json" in accept or request.content_type == "application/json"


def refusal(request: HttpRequest) -> HttpResponseBase:
    """Answer a refused request: sign in first, or say that the role is missing."""
    if not request.user.is_authenticated:
        if wants_json(request):
            return JsonResponse({"code": "sign-in", "error": _("请先登录")}, status=401)
        return redirect_to_login(request.get_full_path())
    if wants_json(request):
        return JsonResponse({"error": _("你的账号没有这项权限")}, status=403)
    raise PermissionDenied(_("你的账号没有这项权限"))


def policy(name: str) -> Callable[[Any], Any]:
    """Declare what a view or a consumer class lets people do, and check it.

    A consumer class only gets its name (``policy_name``): its ``connect`` asks
    :func:`allows` before it accepts.
    """

    def decorate(target: Any) -> Any:
        if inspect.isclass(target):
            setattr(target, "policy_name", name)  # noqa: B010 - any class at all
            return target
        if inspect.iscoroutinefunction(target):
            wrapped = _async_view(target, name)
        else:
            wrapped = _view(target, name)
        wrapped.policy_name = name
        return wrapped

    return decorate


def _view(view: Callable[..., HttpResponseBase], name: str) -> Any:
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # A process that serves public boards only knows no sign-ins at all.
        if not allows(getattr(request, "user", ANONYMOUS), name):
            return refusal(request)
        return view(request, *args, **kwargs)

    return checked


def _async_view(view: Callable[..., Any], name: str) -> Any:
    @wraps(view)
    async def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if PUBLIC not in permissions[name].roles:
            request.user = await request.auser()
            if not await sync_to_async(allows)(request.user, name):
                return refusal(request)
        return await view(request, *args, **kwargs)

    return checked
