"""What may be kept of a person, why, how long, and what an audience sees of it.

The tables here are what docs and the personal page print; nothing else in the project
decides about a mask or a retention.
"""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.core.masking import Audience, IdentityMask, ValueKind, mask
from people.models import Person


@dataclass(frozen=True, slots=True)
class Purpose:
    """Why a group of values is processed, on what basis, and for how many years."""

    name: str
    text: str | Promise
    basis: str | Promise
    fields: tuple[str, ...]
    keep_years: int


PURPOSES = (
    Purpose(
        "identity",
        _("确认参赛人员身份，一人一档，避免重复和冒名"),
        _("履行办赛和人事待遇审核所必需"),
        ("name", "identity_kind", "identity_number", "birth_on", "sex"),
        10,
    ),
    Purpose(
        "contact",
        _("通知参赛安排和待遇办理"),
        _("本人报名时同意"),
        ("phone",),
        2,
    ),
    Purpose(
        "eligibility",
        _("审核参赛条件，计算晋升等级、称号等待遇"),
        _("履行办赛和人事待遇审核所必需"),
        ("organization", "employment_kind", "education", "home_region", "grades"),
        10,
    ),
    Purpose(
        "payment",
        _("发放奖金"),
        _("本人申领时同意"),
        ("social_card_number",),
        2,
    ),
    Purpose(
        "accountability",
        _("查清事实更改的经过"),
        _("依法留存审计记录"),
        ("changes",),
        3,
    ),
)
KEEP_CHANGES_YEARS = 3


def identity_mask() -> IdentityMask:
    """Return the mask this installation chose."""
    return IdentityMask(settings.IDENTITY_MASK)


def retain_changes_until(day: date) -> date:
    """Return the day until which a change made on ``day`` is kept."""
    return date(day.year + KEEP_CHANGES_YEARS, day.month, min(day.day, 28))


def seen(person: Person, kind: ValueKind, audience: Audience) -> str:
    """Return what ``audience`` may see of one value of ``person``."""
    values = {
        ValueKind.IDENTITY: person.identity_number,
        ValueKind.PHONE: person.phone,
        ValueKind.SOCIAL_CARD: person.social_card_number,
        ValueKind.BIRTH_DATE: person.birth_on.isoformat() if person.birth_on else "",
    }
    return mask(kind, values.get(kind, ""), audience, policy=identity_mask())
