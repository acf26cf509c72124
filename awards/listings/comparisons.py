"""比对结果: the lines of a stored comparison, a sheet for each outcome.

Reads what was kept that day; document numbers stand there shortened and stay so.
"""

from collections.abc import Iterator

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext_noop, override

from awards.comparing.lines import OUTCOMES, Line, from_text
from awards.comparing.words import outcome_words
from awards.listings.base import Listing, ListLine, ListOption, Privacy, Selection
from awards.listings.cells import NAME, NUMBER, shown
from awards.models import Comparison

COLUMNS = (
    NUMBER,
    NAME,
    shown("identity", "证件号码(部分隐去)", 21, privacy=Privacy.HIDDEN),
    shown("row", "名单行号", 10, "integer"),
    shown("about", "名单或档案所载", 28, wraps=True),
    shown("field", "不一致的项目", 16, wraps=True),
    shown("ours", "档案", 28, wraps=True),
    shown("theirs", "名单", 28, wraps=True),
    shown("notes", "提醒", 40, wraps=True),
)


def _choices(selection: Selection) -> list[tuple[str, str]]:
    rows = Comparison.objects.filter(bureau=selection.bureau).order_by("-pk")
    told = rows.values_list("pk", "source", "made_at")
    return [
        (str(pk), f"{source}（{localtime(made_at):%Y-%m-%d %H:%M}）")
        for pk, source, made_at in told
    ]


def _chosen(selection: Selection) -> Comparison | None:
    number = selection.options.get("comparison", "")
    if not number.isdecimal():
        return None
    rows = Comparison.objects.filter(bureau=selection.bureau, pk=int(number))
    return rows.first()


def comparison_lines(selection: Selection) -> Iterator[ListLine]:
    """Yield a line for every line compared, those of an outcome together."""
    comparison = _chosen(selection)
    if comparison is None:
        return
    with override(settings.LANGUAGE_CODE):
        words = outcome_words()
    lines = sorted(
        from_text(comparison.rows),
        key=lambda line: (OUTCOMES.index(line.outcome), line.number),
    )
    for line in lines:
        yield _told(line, words[line.outcome], comparison.source)


def _told(line: Line, sheet: str, source: str) -> ListLine:
    apart = line.differences
    return ListLine(
        sheet=sheet,
        cells={
            "name": line.name,
            "identity": line.identity,
            "row": line.row,
            "about": line.about,
            "field": "\n".join(each.field for each in apart),
            "ours": "\n".join(each.ours for each in apart),
            "theirs": "\n".join(each.theirs for each in apart),
            "notes": "\n".join(line.notes),
        },
        person=line.person,
        document=source,
    )


def _nobody(_selection: Selection) -> int:
    return 0


COMPARISON = Listing(
    name="comparison",
    title=gettext_noop("名单比对结果"),
    columns=COLUMNS,
    lines=comparison_lines,
    left_open=_nobody,
    options=(ListOption("comparison", gettext_noop("比对"), _choices),),
)
