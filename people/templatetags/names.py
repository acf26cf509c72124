"""Filters for names and days on pages of every app; they change words, never values."""

import re
from datetime import date

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

register = template.Library()

PAUSES = re.compile(r"(?<=公司|学院|学校|集团|中心|大学)(?=.)")
WBR = mark_safe("<wbr>")  # noqa: S308 - a constant


@register.filter
def unit(name: object) -> SafeString:
    """Return an official name that breaks after each of its bodies and nowhere odd."""
    if name is None or not str(name):
        return mark_safe("")
    parts = ((part,) for part in PAUSES.split(str(name)))
    return format_html(
        '<span class="official">{}</span>', format_html_join(WBR, "{}", parts)
    )


@register.filter
def to_day(first: date, last: date) -> str:
    """Return two days as prose: 2026 年 3 月 9–11 日, both in full across a month."""
    words = {"y": first.year, "m": first.month, "d": first.day}
    if first == last:
        return _("{y} 年 {m} 月 {d} 日").format(**words)
    if (first.year, first.month) == (last.year, last.month):
        return _("{y} 年 {m} 月 {d}–{e} 日").format(**words, e=last.day)
    return _("{y} 年 {m} 月 {d} 日至 {n} 月 {e} 日").format(
        **words, n=last.month, e=last.day
    )


@register.filter
def said(label: object) -> str:
    """Return a stored Chinese label, such as an award, in the reader's language.

    What the catalogue does not know, and nothing at all, come back as they are.
    """
    text = "" if label is None else str(label)
    return _(text) if text else ""
