"""What bureau pages say: headlines, steps, what is missing, when something is due.

Words only, from rows already read; no queries.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from awards.core import explanation
from awards.core.vocabulary import Verdict
from awards.enums import DecisionState, EntitlementState, OutcomeKind
from awards.models import Decision, Entitlement
from awards.spoken import spoken
from people.core import calendar, grades

STEPS = (
    EntitlementState.PROPOSED,
    EntitlementState.MATERIAL_COMPLETE,
    EntitlementState.PUBLICITY,
    EntitlementState.FILED,
    EntitlementState.GRANTED,
)
TRACK = (*STEPS, EntitlementState.DELIVERED)
DUE_SOON_DAYS = 5
STATE_TONES = {
    DecisionState.ENTITLED: "",
    DecisionState.OPEN: "warn",
    DecisionState.REFUSED: "danger",
    DecisionState.PREVIEW: "warn",
}


@dataclass(frozen=True, slots=True)
class Due:
    """When something is due, in words, and how loud to say it."""

    text: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """One row of the explanation: asked, found, source, verdict and its word."""

    name: str
    asked: str
    found: str
    source: str
    verdict: str
    word: str
    is_parameter: bool = False


_VERDICT_WORDS = {
    Verdict.YES: pgettext_lazy("condition", "符合"),
    Verdict.NO: pgettext_lazy("condition", "不符合"),
    Verdict.UNKNOWN: pgettext_lazy("condition", "待补"),
}


def conditions_of(decision: Decision) -> list[Condition]:
    """Return the stored conditions of a decision in the reader's language."""
    return [_condition(plain) for plain in decision.conditions]


def _condition(plain: dict[str, Any]) -> Condition:
    answer = explanation.from_plain(plain)
    return Condition(
        name=_(answer.name),
        asked=answer.asked.text(spoken),
        found=spoken(answer.found) or _("未知"),
        source=spoken(answer.source),
        verdict=answer.verdict.value,
        word=str(_VERDICT_WORDS[answer.verdict]),
        is_parameter=bool(plain.get("gap"))
        or any(code.startswith("gap:") for code in answer.missing),
    )


def first_obstacle(decision: Decision) -> Condition | None:
    """Return the first condition that is not met, if there is one."""
    failing = (c for c in conditions_of(decision) if c.verdict == Verdict.NO)
    return next(failing, None)


def missing_labels(decision: Decision) -> list[str]:
    """Return the missing facts of a decision by their names."""
    return labels_of(decision.missing)


def labels_of(codes: Iterable[str]) -> list[str]:
    """Return facts, gaps and quotas by their names."""
    return [explanation.missing_label(code, _) for code in codes]


def short_labels_of(codes: Iterable[str]) -> list[str]:
    """Return the same for a narrow column: parameters and quotas without their id."""
    short = {"gap": _("主管部门参数"), "quota": _("名额")}
    labels = (
        short.get(code.partition(":")[0]) or explanation.missing_label(code, _)
        for code in codes
    )
    return list(dict.fromkeys(labels))


def headline(decision: Decision) -> str:
    """Return the question an explanation page answers."""
    values = {"name": decision.subject_name, "what": what(decision)}
    if decision.state == DecisionState.REFUSED:
        return _("为什么%(name)s不能享受：%(what)s") % values
    if decision.state == DecisionState.OPEN:
        return _("%(name)s：%(what)s，还缺什么") % values
    if decision.state == DecisionState.PREVIEW:
        return _("%(name)s：%(what)s（草案预览）") % values
    if decision.kind == OutcomeKind.GRADE and is_grade(decision.value):
        return _("为什么%(name)s拟晋升%(value)s") % {
            **values,
            "value": spoken(decision.value),
        }
    return _("为什么%(name)s：%(what)s") % values


def what(decision: Decision) -> str:
    """Return what a decision is about: 晋升高级技师, 全国技术能手, 奖金 5000 元 …"""
    if decision.kind == OutcomeKind.GRADE and is_grade(decision.value):
        return _("晋升%(value)s") % {"value": spoken(decision.value)}
    if decision.kind == OutcomeKind.BONUS:
        return _("奖金 %(value)s") % {"value": spoken(decision.value)}
    return spoken(decision.value) or str(decision.get_kind_display())


def is_grade(value: str) -> bool:
    """Whether a value names a rung; an open promotion only says how it would move."""
    return value in grades.LABELS.values()


def verdict_title(decision: Decision) -> str:
    """Return the large line of an explanation: 技师 → 高级技师, or what it is."""
    if decision.kind == OutcomeKind.GRADE:
        if not is_grade(decision.value):
            return spoken(decision.value) or _("晋升等级待补后确定")
        held = spoken(decision.detail.get("from") or "") or _("无等级")
        return f"{held} → {spoken(decision.value)}"
    return what(decision)


def verdict_text(decision: Decision) -> str:
    """Return the sentence below it: result, how the conditions stand, whose power."""
    asked = conditions_of(decision)
    met = sum(condition.verdict == Verdict.YES for condition in asked)
    result = spoken(decision.detail.get("result") or "")
    head = _("，").join(filter(None, (decision.skill.name, result))) + _("。")
    if decision.state == DecisionState.ENTITLED:
        conclusion = _("%(n)d 项条件都符合。") % {"n": len(asked)}
    elif decision.state == DecisionState.OPEN:
        missing = _("、").join(missing_labels(decision))
        conclusion = _("%(met)d 项符合，待补：%(missing)s。") % {
            "met": met,
            "missing": missing,
        }
    elif decision.state == DecisionState.PREVIEW:
        conclusion = _("文件尚未施行，只可预览，不产生待遇。")
    else:
        conclusion = _("%(met)d 项符合，有不符合的条件。") % {"met": met}
    return head + conclusion + _authority(decision)


def _authority(decision: Decision) -> str:
    if decision.state not in (DecisionState.ENTITLED, DecisionState.OPEN):
        return ""
    authority = decision.detail.get("authority")
    if not authority:
        return _("由主管部门核准；平台不授予，只呈报。")
    return _("由%(authority)s核准；平台不授予，只呈报。") % {"authority": authority}


def due_of(entitlement: Entitlement | None, today: date) -> Due:
    """Return when an entitlement is due: overdue loud, within five days amber."""
    if entitlement is None or entitlement.due_on is None:
        return Due("")
    if entitlement.state not in STEPS[:-1]:
        return Due("")
    due = entitlement.due_on
    text = date_format(due, _("n 月 j 日"))
    if due < today:
        days = (today - due).days
        return Due(_("逾期 %(days)d 天") % {"days": days}, "danger")
    left = calendar.working_days_between(today, due)
    if left <= DUE_SOON_DAYS:
        return Due(_("还剩 %(days)d 个工作日") % {"days": left}, "warn")
    return Due(text)


def ticks_of(entitlement: Entitlement | None) -> list[str]:
    """Return one tick per step: full where the entitlement has been."""
    done = step_of(entitlement)
    return ["f" if index < done else "" for index in range(len(STEPS))]


def step_of(entitlement: Entitlement | None) -> int:
    """Return how many of the five steps are behind an entitlement."""
    if entitlement is None:
        return 0
    if entitlement.state == EntitlementState.DELIVERED:
        return len(STEPS)
    if entitlement.state in STEPS:
        return STEPS.index(EntitlementState(entitlement.state)) + 1
    return 0


def latest_of(decision: Decision) -> Entitlement | None:
    """Return the newest entitlement of a decision: one replaced by two people and what
    was proposed after it hang on the same one."""
    rows = decision.entitlements.all()
    return max(rows, key=lambda row: row.pk, default=None)


def state_word(decision: Decision, entitlement: Entitlement | None) -> str:
    """Return where a line of the work list stands."""
    if decision.state == DecisionState.OPEN:
        return _("待补")
    if entitlement is None:
        return str(decision.get_state_display())
    return str(entitlement.get_state_display())


def certificate_field(name: str) -> str:
    """Return what a field of a certificate's text is called."""
    return {
        "event": _("赛事"),
        "name": _("姓名"),
        "skill": _("赛项"),
        "award": _("奖项"),
        "issuer": _("发证单位"),
        "place": _("名次"),
        "group": _("组别"),
        "unit": _("单位"),
        "event_en": _("赛事英文名"),
        "skill_en": _("赛项英文名"),
        "group_en": _("组别英文名"),
        "latin_name": _("姓名拼写"),
    }.get(name, name)
