"""Who else has a sheet open, in the words a judge is told.

The tone says how wrong it is: two judges of a panel on tablets of their own is as it
should be, unless the sheet has values the group enters once.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from scoring.core.dual import SECOND
from scoring.core.marking import is_per_judge
from scoring.models import Sheet
from scoring.queries.devices import Companion
from scoring.queries.schemes import plan_of, state_of


def lines(companions: Iterable[Companion], sheet: Sheet) -> list[dict[str, str]]:
    """One line for each companion: tone (warn, or empty) and text."""
    state = state_of(sheet.skill)
    groups = state.group_panels if state else []
    panel = sheet.sub_criterion.panel
    is_group = panel in groups
    shares = _has_shared(sheet)
    return [_line(each, panel, is_group, shares) for each in companions]


def _line(each: Companion, panel: str, is_group: bool, shares: bool) -> dict[str, str]:
    where = {"name": each.name, "device": each.device or _("另一台设备")}
    if each.kind == "same-tab":
        return _warned(_("这张表在本机另一个标签页也开着。请关掉一个，免得看错。"))
    if each.kind == "same-user":
        text = _(
            "你的账号在%(device)s也开着这张表。两处录入的都会保留，矛盾处要你确认。"
        )
        return _warned(text % where)
    if each.kind == "foreign":
        text = _("别组的 %(name)s 在%(device)s想打开这张表，没有让进。请核对工位。")
        return _warned(text % where)
    if is_group:
        text = _("本组约定一台平板录入，%(name)s 在%(device)s也开着这张表。")
        return _warned(text % where)
    if shares:
        text = _(
            "%(name)s 在%(device)s也开着这张表。全组共一个值的项，请只由一人录入。"
        )
        return _warned(text % where)
    number = f"{panel}{each.seat % SECOND}" if each.seat else ""
    text = _("%(seat)s %(name)s 也在评这张表（%(device)s）。")
    return {"tone": "", "text": (text % (where | {"seat": number})).strip()}


def _warned(text: str) -> dict[str, str]:
    return {"tone": "warn", "text": text}


def _has_shared(sheet: Sheet) -> bool:
    """Whether the sheet has aspects with one value for the whole group."""
    plan = plan_of(sheet.skill)
    if plan is None:
        return False
    aspects = plan.subs[sheet.sub_criterion.code].aspects
    return any(not is_per_judge(aspect.kind) for aspect in aspects)
