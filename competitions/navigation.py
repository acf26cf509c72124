"""What every page of one competition shows around its content."""

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from competitions.access import may_edit
from competitions.enums import EventRole
from competitions.models import Competition, Skill
from competitions.queries import event_roles_in
from competitions.register import banners
from people.models import User
from people.queries import memberships_of

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


# Pages that only organizers open; to everybody else they are not found.
FOR_ORGANIZERS = {
    "organize_settings",
    "organize_devices",
    "organize_document",
    "organize_certificates",
    "organize_result_codes",
    "organize_scheme",
    "organize_verification",
}

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


def links_of(skill: Skill, *, is_organizer: bool = True) -> list[dict[str, str]]:
    """Return the pages of a skill that are installed and open."""
    items = []
    for name, label in SKILL_PAGES:
        if name in FOR_ORGANIZERS and not is_organizer:
            continue
        try:
            items.append({"label": str(label), "url": reverse(name, args=[skill.pk])})
        except NoReverseMatch:
            continue
    return items


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
    competition: Competition, current: str, *, is_organizer: bool
) -> list[dict[str, Any]]:
    """Return the main navigation of a competition's pages."""
    items = []
    for name, label in PAGES:
        if name in FOR_ORGANIZERS and not is_organizer:
            continue
        try:
            url = reverse(name, args=[competition.code])
        except NoReverseMatch:
            continue
        items.append({"label": label, "url": url, "current": name == current})
    return items


def office_context(
    user: User, competition: Competition, current: str = ""
) -> dict[str, Any]:
    """Return the variables that base_office.html needs on a competition's page."""
    is_organizer = may_edit(user, competition)
    return {
        "competition": competition,
        "nav": nav(competition, current, is_organizer=is_organizer),
        "role_label": role_label(user, competition),
        "rehearsal": competition.is_rehearsal,
        "frozen": banners.of(competition),
    }
