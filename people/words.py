"""Grades in the reader's language; certificates and lists keep the Chinese labels."""

import re

from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

LABELS = (
    gettext_noop("学徒工"),
    gettext_noop("初级工"),
    gettext_noop("中级工"),
    gettext_noop("高级工"),
    gettext_noop("技师"),
    gettext_noop("高级技师"),
    gettext_noop("特级技师"),
    gettext_noop("首席技师"),
)
NUMBERS = (
    gettext_noop("五级"),
    gettext_noop("四级"),
    gettext_noop("三级"),
    gettext_noop("二级"),
    gettext_noop("一级"),
)
_FULL = re.compile(f"({'|'.join(LABELS)})(?:（({'|'.join(NUMBERS)})）)?")


def grade_words(label: str) -> str:
    """Return a grade's label, with or without its number, in the reader's language.

    A text that is no label comes back as it is.
    """
    found = _FULL.fullmatch(label)
    if found is None:
        return label
    grade, number = found.groups()
    if number is None:
        return _(grade)
    return _("{grade}（{number}）").format(grade=_(grade), number=_(number))


grade_words_lazy = lazy(grade_words, str)
