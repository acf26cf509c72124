"""The few filters that bureau pages need beyond Django's."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from awards import worklist
from awards.models import Decision
from awards.queries.exports import title_of

register = template.Library()
BREAK_AFTER = (
    "有限责任公司",
    "股份有限公司",
    "有限公司",
    "集团",
    "学院",
    "总公司",
    "分公司",
)


@register.filter
def work_row(decision: Decision) -> worklist.WorkRow:
    """A decision as a line of the work list."""
    return worklist.row_of(decision, timezone.localdate())


@register.filter
def of(values: Mapping[str, Any], key: str) -> Any:
    """The value under a key, or nothing."""
    return values.get(key, "")


@register.filter
def export_name(kind: str) -> str:
    """The name under which people know an export."""
    return title_of(kind)


@register.filter
def unit_name(name: str) -> SafeString:
    """An official name that may wrap after 公司, 学院, 集团 and nowhere odd."""
    text = str(conditional_escape(name))
    for ending in BREAK_AFTER:
        text = text.replace(ending, f"{ending}<wbr>")
    return mark_safe(text)  # noqa: S308 - escaped above
