"""What every page of one competition shows around its content."""

from dataclasses import replace
from typing import Any

from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from competitions.enums import EventRole
from competitions.models import Competition, Skill
from competitions.queries import event_roles_in
from competitions.register import Banner, banners
from people.models import User
from people.queries import memberships_of
from people.register import PUBLIC, SIGNED_IN, permissions

# Address name and words, in the order of the work.  Pages of upper apps are named here
# and nowhere imported; one that is not installed is left out.
PAGES = (
    ("organize_competition", _("概览")),
    ("organize_settings", _("设置")),
    ("organize_all_entries", _("参赛")),
    ("organize_appointments", _("人员")),
    ("organize_appeals", _("申诉")),
    ("organize_devices", _("平板")),
    ("organize_publicity", _("公示")),
    ("organize_verification", _("抽样复核")),
    ("organize_release", _("发布")),
    ("organize_document", _("奖励办法")),
    ("organize_certificates", _("证书")),
    ("organize_result_codes", _("查询条")),
    ("organize_history", _("留痕")),
)

# Pages of one skill, named like those above.
SKILL_PAGES = (
    ("organize_scheme", _("评分方案")),
    ("scheme_versions", _("方案版本")),
    ("organize_entries", _("参赛")),
    ("organize_draw", _("抽签与工位")),
    ("marking_teams", _("评分组")),
    ("organize_places", _("名次与奖项")),
    ("organize_results", _("成绩")),
    ("skill_changes", _("更改记录")),
    ("signatures_due", _("签名进度")),
    ("print_sheets", _("打印评分表")),
    ("penalties", _("违规处罚")),
)


def roles_in(user: User, competition: Competition) -> frozenset[str]:
    """Return the roles ``user`` holds in a competition's owner and by appointment."""
    owned = memberships_of(user, timezone.now()).filter(
        organization=competition.owner_id
    )
    held = owned.values_list("role", flat=True)
    return frozenset(held) | frozenset(event_roles_in(user, competition))


def is_open(url: str, roles: frozenset[str]) -> bool:
    """Return whether the page at ``url`` opens to somebody with ``roles``."""
    try:
        view = resolve(url.partition("?")[0].partition("#")[0]).func
    except Resolver404:
        return False
    name = getattr(view, "policy_name", "")
    wanted = set(permissions[name].roles) if name else {PUBLIC}
    return bool(wanted & {*roles, PUBLIC, SIGNED_IN})


def links_of(skill: Skill, roles: frozenset[str]) -> list[dict[str, str]]:
    """Return the pages of a skill that are installed and open to ``roles``."""
    found = ((_address(name, skill.pk), label) for name, label in SKILL_PAGES)
    return [
        {"label": str(label), "url": url}
        for url, label in found
        if url and is_open(url, roles)
    ]


def role_label(user: User, competition: Competition | None = None) -> str:
    """Return role and organization, or the roles in a competition, for the page head."""
    membership = memberships_of(user, timezone.now()).first()
    if membership is not None:
        return _("，").join(
            (membership.get_role_display(), str(membership.organization))
        )
    if competition is None:
        return ""
    roles = event_roles_in(user, competition)
    return _("、").join(str(EventRole(role).label) for role in roles)


def nav(
    competition: Competition, current: str, roles: frozenset[str]
) -> list[dict[str, Any]]:
    """Return the main navigation of a competition's pages: those open to ``roles``.

    Who has a desk among the judges is led back to it.
    """
    found = [(name, _address(name, competition.code), label) for name, label in PAGES]
    items = [
        {"label": label, "url": url, "current": name == current}
        for name, url, label in found
        if url and is_open(url, roles)
    ]
    desk = _address("judge_home")
    if desk and is_open(desk, roles):
        items.insert(0, {"label": _("评分"), "url": desk, "current": False})
    return items


def office_context(
    user: User, competition: Competition, current: str = ""
) -> dict[str, Any]:
    """Return the variables that base_office.html needs on a competition's page.

    ``home_url`` is empty for somebody who does not open the competition's own page.
    """
    roles = roles_in(user, competition)
    return {
        "competition": competition,
        "nav": nav(competition, current, roles),
        "home_url": _home(competition, roles),
        "role_label": role_label(user, competition),
        "rehearsal": competition.is_rehearsal,
        "frozen": [_banner(banner, roles) for banner in banners.of(competition)],
    }


def _banner(banner: Banner, roles: frozenset[str]) -> Banner:
    links = tuple(link for link in banner.links if is_open(link[1], roles))
    return replace(banner, links=links)


def _home(competition: Competition, roles: frozenset[str]) -> str:
    url = _address("organize_competition", competition.code)
    return url if is_open(url, roles) else ""


def _address(name: str, *args: Any) -> str:
    """Return the address of a page, empty where its app is not installed."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
