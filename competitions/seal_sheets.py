"""封存单: a level's commitment on paper, to be sealed before the first mark.

It shows the commitment, never a code, a key or a name.
"""

from datetime import datetime

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from competitions.core import draw as lots
from competitions.errors import DrawRefused
from competitions.models import Draw
from competitions.words import code_kind_word
from people.pdf import missing_characters, render_pdf
from people.qr import qr_address

GROUP = 4


def in_groups(digest: str) -> list[str]:
    """Return a hash in groups of four, as people read it aloud.

    >>> in_groups("7f3a00c1")
    ['7F3A', '00C1']
    """
    return [
        digest[start : start + GROUP].upper() for start in range(0, len(digest), GROUP)
    ]


def seal_sheet(draw: Draw, *, copy: int, entries: int, at: datetime) -> bytes:
    """Return the sheet as PDF; DrawRefused names characters that no font has."""
    skill = draw.skill
    competition = skill.competition
    kind = lots.kind_of_level(draw.level, skill.draw_levels)
    context = {
        "competition": competition,
        "skill": skill,
        "draw": draw,
        "kind": code_kind_word(kind),
        "entries": entries,
        "copy": copy,
        "groups": in_groups(draw.commitment),
        "qr": qr_address(f"{competition.code}/{skill.number}/{draw.commitment}"),
        "at": at,
    }
    printed = f"{competition.name}{skill.name}{draw.officer}"
    if unknown := missing_characters(printed):
        text = _("这些字没有字形，封存单印不出来：%(characters)s。")
        raise DrawRefused(text % {"characters": _("、").join(unknown)}, "no-glyph")
    markup = render_to_string("competitions/seal_sheet.html", context)
    return render_pdf(markup, "seal_sheet.css")
