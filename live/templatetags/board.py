"""Official names break where a reader would pause, and are never cut."""

import re

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

PAUSES = re.compile(r"(?<=公司|学院|学校|集团|中心|大学)(?=.)")
WBR = mark_safe("<wbr>")  # noqa: S308 - a constant


@register.filter
def breaks(name: str) -> SafeString:
    """Return an official name with a possible line break after each of its bodies."""
    return format_html_join(WBR, "{}", ((part,) for part in PAUSES.split(name)))


@register.filter
def is_long(name: str) -> bool:
    """Return whether a unit's name needs two lines on a wall."""
    return len(name) > 22
