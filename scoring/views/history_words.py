"""The words of a sheet's history: what each kind of event did, in one line.

A kind that has no line of its own is shown by its name in the ledger, never left out.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from scoring.core import paper_codes
from scoring.core.scheme import Aspect
from scoring.enums import SignerRole
from scoring.queries.history import MARKS, HistoryEvent
from scoring.views.paper_sheets import is_group, seat_label
from scoring.views.sheet_parts import value_text


def title(event: HistoryEvent) -> str:
    """What happened, in two or three words."""
    body = event.body
    if event.type == "mark":
        return _("改评") if event.before else _("评分")
    if event.type == "sign":
        if body.get("paper"):
            return _("确认纸面签名")
        return _("签名：%(role)s") % {"role": SignerRole(body["role"]).label}
    known = {
        "mark-withdraw": _("收回评分"),
        "verify": _("成绩复核，锁定"),
        "sheets-printed": _("打印"),
        "paper-keyed": _("纸面补录"),
        "signatures-void": _("签名作废，版本加一"),
        "reserve-seated": _("替补接替"),
        "change-request": _("申请更改"),
        "change-approve": _("批准更改，开放一格"),
        "change-reject": _("不批准更改"),
        "change-withdraw": _("撤回更改申请"),
        "change-done": _("按批准更改，签名作废"),
        "catch-up": _("补评安排"),
        "trainee-mark": _("见习评分，不计入"),
        "trainee-withdraw": _("见习评分收回"),
        "verification-checked": _("抽样复核"),
    }
    return known.get(event.type, event.type)


def details(event: HistoryEvent, aspects: Mapping[str, Aspect]) -> list[str]:
    """What changed and how, a line each."""
    if event.type in MARKS:
        return _mark(event, aspects)
    teller = TELLERS.get(event.type)
    if teller is not None:
        return teller(event.body)
    reason = event.body.get("reason") or event.body.get("cause")
    if reason == "scheme-version":
        return [_("评分方案换了新版本")]
    return [str(reason)] if isinstance(reason, str) and reason else []


def place(event: HistoryEvent, numbers: Mapping[str, int]) -> str:
    """Item and seat of a mark; nothing for other events."""
    if event.type not in MARKS:
        return ""
    code, seat = event.body["aspect"], event.body["seat"]
    number = numbers.get(code)
    item = _("第 %(number)d 项") % {"number": number} if number else code
    who = (
        _("全组") if is_group(seat) else _("裁判 %(seat)s") % {"seat": seat_label(seat)}
    )
    return _("，").join((item, who))


def _mark(event: HistoryEvent, aspects: Mapping[str, Aspect]) -> list[str]:
    body = event.body
    aspect = aspects.get(body["aspect"])
    before = _value(aspect, *event.before[:2]) if event.before else _("未评")
    is_gone = event.type == "mark-withdraw"
    after = _("未评") if is_gone else _value(aspect, body["state"], body["value"])
    lines = [f"{before} → {after}"]
    if body.get("remark") and not is_gone:
        lines.append(_("事由：%(text)s") % {"text": body["remark"]})
    if event.spread == "made":
        lines.append(_("由此出现分差，待议"))
    elif event.spread == "settled":
        lines.append(_("分差由此解决"))
    if event.paper:
        code = paper_codes.shown(event.paper)
        lines.append(_("从纸质表 %(code)s 录入") % {"code": code})
    if event.judge:
        lines.append(_("替 %(name)s 录入") % {"name": event.judge})
    return lines


def _value(aspect: Aspect | None, state: str, value: str) -> str:
    return value_text(aspect, state, value) if aspect else value or state


def _signed(body: Mapping[str, Any]) -> list[str]:
    lines = [
        _("%(count)d 张一起签，内容 %(digest)s")
        % {"count": len(body["sheets"]), "digest": _short(body["digest"])}
    ]
    if codes := body.get("paper"):
        shown = _("、").join(paper_codes.shown(code) for code in codes)
        lines.append(_("纸质表 %(codes)s") % {"codes": shown})
    if body.get("reference"):
        lines.append(_("存放：%(place)s") % {"place": body["reference"]})
    return lines


def _printed(body: Mapping[str, Any]) -> list[str]:
    return [_("共 %(count)d 份") % {"count": len(body["forms"])}]


def _keyed(body: Mapping[str, Any]) -> list[str]:
    code = paper_codes.shown(body["form"])
    if body["entered"]:
        text = _("纸质表 %(code)s，录入 %(count)d 格")
        return [text % {"code": code, "count": body["entered"]}]
    if body["with"]:
        return [_("纸质表 %(code)s，与第一人不一致，未录入") % {"code": code}]
    return [_("纸质表 %(code)s，第一人已录，等第二人") % {"code": code}]


def _short(digest: str) -> str:
    return f"{digest[:4]} {digest[4:8]}".upper()


TELLERS: dict[str, Callable[[Mapping[str, Any]], list[str]]] = {
    "sign": _signed,
    "sheets-printed": _printed,
    "paper-keyed": _keyed,
}
