"""Words that several pages share: what an appeal waits for, kinds of codes."""

from django.utils.translation import gettext_lazy as _

from competitions.core.appeals import Waits
from competitions.core.draw import CodeKind

WAITS = {
    Waits.RULING: _("待裁定"),
    Waits.ANSWER: _("待领队答复"),
    Waits.REMEDY: _("裁定支持，待落实"),
    Waits.NOTHING: _("已了结"),
}
CODE_KINDS = {
    CodeKind.BIB: _("参赛号"),
    CodeKind.WORKSTATION: _("工位号"),
    CodeKind.REVIEW: _("评审号"),
}


def waits_word(waits: Waits) -> str:
    """Return what an appeal waits for, in words."""
    return str(WAITS[waits])


def code_kind_word(kind: CodeKind) -> str:
    """Return what the codes of a level are called."""
    return str(CODE_KINDS[kind])
