"""What a user can put right about schemes, marks, signatures and releases.

Each error has a ``code`` and a message that names the place and the remedy.  The words of
refused marks are here too, so that the tablet, the log and the tests say the same.
"""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop


class ScoringError(Exception):
    """Something a user can put right; ``code`` names it, the text says how."""

    code = "scoring"

    def __init__(self, message: str, code: str = "") -> None:
        super().__init__(message)
        self.code = code or self.code
        self.message = message


class SchemeRefused(ScoringError):
    """A scheme that cannot be imported or put in force as asked."""

    code = "scheme"


class MarkingRefused(ScoringError):
    """Marking cannot be opened or changed as asked."""

    code = "marking"


class ConflictOfInterest(ScoringError):
    """The judge must stand aside for this entry (回避)."""

    code = "conflict-of-interest"


class HistoryLost(ScoringError):
    """A tablet holds a receipt the ledger does not know: something was lost."""

    code = "history-lost"


class SigningRefused(ScoringError):
    """A set of sheets that cannot be signed as asked."""

    code = "signing"


class PinWrong(SigningRefused):
    """The PIN does not fit, or is locked after too many tries."""

    code = "pin-wrong"


class SheetIncomplete(SigningRefused):
    """Something is still missing or in conflict."""

    code = "sheet-incomplete"


class AlreadySigned(SigningRefused):
    """This signer's signature stands already."""

    code = "already-signed"


class ContentChanged(SigningRefused):
    """What was shown is not what would be signed now."""

    code = "content-changed"


class PaperRefused(ScoringError):
    """A paper that cannot be printed, keyed in or taken as signed as asked."""

    code = "paper"


class CellsRefused(PaperRefused):
    """Cells of a paper that cannot be entered; ``problems`` names each and why."""

    code = "cells"

    def __init__(self, problems: Mapping[tuple[int, str, int], str]) -> None:
        self.problems = dict(problems)
        text = _("有 %(count)d 格不能录入，已标出；一格也没有记下。")
        super().__init__(text % {"count": len(self.problems)})


class DeviceRefused(ScoringError):
    """A tablet that is not let in, or cannot be enrolled or revoked as asked."""

    code = "device"


class PenaltyRefused(ScoringError):
    """A penalty that cannot be imposed or taken back as asked."""

    code = "penalty"


class ResultsRefused(ScoringError):
    """Results that cannot be verified or published yet; ``reasons`` say why."""

    code = "results"

    def __init__(self, reasons: Sequence[str], code: str = "") -> None:
        self.reasons = tuple(reasons)
        super().__init__("；".join(reasons), code)


class VerificationRefused(ScoringError):
    """A sample, a look at a sheet or a sign-off that cannot be taken as asked."""

    code = "verification"


class OverrideRefused(ScoringError):
    """A place or award that cannot be overridden, or not by this person."""

    code = "override"


class ChangeRefused(ScoringError):
    """A change of a signed mark that cannot be asked for, decided or taken back."""

    code = "change"


class PlaceRulesRefused(ScoringError):
    """A medal rule or tie-break list that cannot be chosen here or now."""

    code = "place-rules"


class StatisticsRefused(ScoringError):
    """Names behind judge statistics that cannot be opened, or not by this person."""

    code = "statistics"


MARK_REFUSALS = {
    "unknown-sheet": gettext_noop("找不到这张评分表，请刷新页面。"),
    "unknown-aspect": gettext_noop("这张评分表上没有这个评分项，请刷新页面。"),
    "not-your-sheet": gettext_noop("你不在这张评分表的评分组里，请找裁判长。"),
    "conflict-of-interest": gettext_noop("你与这名选手有关联，须回避，不能评分。"),
    "replaced": gettext_noop("替补裁判已经接替你在这里的席位，你先前的评分保留。"),
    "not-your-day": gettext_noop(
        "今天不是这张评分表的评分日，要补评请裁判长先作补评许可。"
    ),
    "sheet-signed": gettext_noop("这张评分表已经签名，不能再改。要改请找裁判长。"),
    "cell-closed": gettext_noop("这一格打开的时间已过，请重新申请更改。"),
    "not-approved-value": gettext_noop("只能录入批准的值。"),
    "marking-closed": gettext_noop("本赛项现在不能评分。"),
    "scheme-not-ready": gettext_noop("评分方案还不能冻结，不能开始评分。请找赛务。"),
    "not-a-number": gettext_noop("不是数字，请重新输入。"),
    "not-yes-or-no": gettext_noop("请选“是”或“否”。"),
    "not-a-choice": gettext_noop("没有这个选项，请重新选择。"),
    "not-a-time": gettext_noop("时间写成“分:秒”，例如 12:34.5。"),
    "not-imported": gettext_noop("这个评分项不是导入项，由裁判评分。"),
    "not-a-level": gettext_noop("评价等级只能是 0、1、2、3。"),
    "out-of-range": gettext_noop("超出范围，请重新输入。"),
    "wrong-step": gettext_noop("小数位数或步长不对，请重新输入。"),
    "remark-required": gettext_noop("扣分要写明事由。"),
    "remark-each": gettext_noop("每一次扣分都要写明事由，一次一行。"),
    "remark-too-long": gettext_noop("事由最多 300 字。"),
    "unknown-state": gettext_noop("不认识这个评分状态，请刷新页面。"),
    "key-reused": gettext_noop("这个编号已用于另一次评分，没有记录，请重新输入。"),
}


def day_words(days: Iterable[int]) -> str:
    """Competition days as they are called: C1、C3."""
    return _("、").join(f"C{day}" for day in days)


def refusal_text(code: str, limit: str = "") -> str:
    """The sentence for a refused mark, with the limit that was broken."""
    text = _(MARK_REFUSALS[code])
    return f"{text}{_('（')}{limit}{_('）')}" if limit else text
