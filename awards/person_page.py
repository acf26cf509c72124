"""Everything a bureau knows of a person: by year and event, with what conflicts.

Words and order only, from rows already read; nothing here decides anything.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards import wording
from awards.core import explanation
from awards.enums import DecisionState, EntitlementState, OutcomeKind
from awards.models import Decision
from awards.spoken import spoken
from awards.worklist import WorkRow, promising, row_of
from competitions.models import Competition
from people.core import grades
from people.core.integrity import Activity, Bearing, bearing
from people.models import IntegrityRecord

LOST = (
    EntitlementState.REFUSED,
    EntitlementState.REVOKED,
    EntitlementState.SUPERSEDED,
)
ACTIVITIES = {
    Activity.TAKING_PART: gettext_lazy("报名参赛"),
    Activity.JUDGING: gettext_lazy("受聘执裁"),
    Activity.OFFICE: gettext_lazy("担任其他赛事职务"),
    Activity.AWARD: gettext_lazy("上报称号和待遇"),
}
LADDER = {label: rung for rung, label in grades.LABELS.items()}


@dataclass(frozen=True, slots=True)
class Mark:
    """Something to notice about a line, and how loud to say it."""

    text: str
    tone: str = "warn"


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One decision about a person: the line of the list and what to notice."""

    row: WorkRow
    marks: tuple[Mark, ...] = ()

    @property
    def decision(self) -> Decision:
        """The decision it stands for."""
        return self.row.decision


@dataclass(frozen=True, slots=True)
class EventGroup:
    """What one event brought a person; ``left_out`` was decided against."""

    competition: Competition
    is_joint: bool
    lines: list[PersonLine] = field(default_factory=list)
    left_out: list[PersonLine] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class YearGroup:
    """The events of one year."""

    year: int
    events: list[EventGroup]


def stands(row: Decision) -> bool:
    """Whether a decision entitles to something that has not been lost."""
    states = [each.state for each in row.entitlements.all()]
    if row.state == DecisionState.ENTITLED:
        return not states or any(state not in LOST for state in states)
    return any(each.basis_changed for each in row.entitlements.all())


def years_of(
    rows: Iterable[Decision],
    *,
    joint: set[int],
    titles: Mapping[str, str],
    today: date,
) -> list[YearGroup]:
    """Return a person's decisions by year and event, the newest first.

    ``joint`` are the events other bureaus' people took part in; ``titles`` the titles
    held by name, with where each comes from.
    """
    found = sorted(rows, key=promising)
    marks = marks_of(found, titles)
    groups: dict[int, EventGroup] = {}
    for row in found:
        held = row.release.competition
        group = groups.setdefault(held.pk, EventGroup(held, held.pk in joint))
        line = PersonLine(row_of(row, today), tuple(marks.get(row.pk, ())))
        is_out = row.state == DecisionState.REFUSED and not stands(row)
        (group.left_out if is_out else group.lines).append(line)
    events = sorted(groups.values(), key=lambda each: each.competition.ends_on)
    years: dict[int, list[EventGroup]] = {}
    for event in reversed(events):
        years.setdefault(event.competition.ends_on.year, []).append(event)
    return [YearGroup(year, events) for year, events in years.items()]


def marks_of(
    rows: Sequence[Decision], titles: Mapping[str, str]
) -> dict[int, list[Mark]]:
    """Return what is to be noticed about each decision, by its id."""
    marks: dict[int, list[Mark]] = {}
    standing = [row for row in rows if stands(row)]
    promotions = [row for row in standing if row.kind == OutcomeKind.GRADE]
    best = max((_rung(row) for row in promotions), default=-1)
    for row in promotions:
        if _rung(row) == best >= 0:
            marks.setdefault(row.pk, []).append(Mark(_("最高的晋升"), "ok"))
        elif _rung(row) >= 0:
            marks.setdefault(row.pk, []).append(Mark(_("低于最高的晋升，就高")))
    for twice in _same(promotions, lambda row: row.release.competition.ends_on.year):
        for row in twice:
            marks.setdefault(row.pk, []).append(Mark(_("同一年有两项晋升"), "danger"))
    named = [row for row in standing if row.kind == OutcomeKind.TITLE]
    for twice in _same(named, lambda row: row.value):
        for row in twice:
            marks.setdefault(row.pk, []).append(Mark(_("同一称号重复"), "danger"))
    for row in named:
        if row.value in titles and not _granted(row):
            text = _("已持有该称号（%(source)s）") % {"source": titles[row.value]}
            marks.setdefault(row.pk, []).append(Mark(text, "danger"))
    for row in rows:
        if row.state == DecisionState.REFUSED:
            marks.setdefault(row.pk, []).extend(Mark(text) for text in notes_of(row))
    return marks


def notes_of(row: Decision) -> list[str]:
    """Return why a decision gave way to another, or to the past, as it was stored."""
    notes = row.detail.get("notes") or []
    return [explanation.phrase_from_plain(note).text(spoken) for note in notes]


def conflicts_of(years: Iterable[YearGroup]) -> list[tuple[PersonLine, Mark]]:
    """Return every conflict with its line."""
    return [
        (line, mark)
        for year in years
        for event in year.events
        for line in event.lines
        for mark in line.marks
        if mark.tone == "danger"
    ]


def effects_of(record: IntegrityRecord) -> str:
    """Say what an integrity record bars by its scope, and where no rule says."""
    found: dict[Bearing, list[str]] = {Bearing.BARS: [], Bearing.OPEN: []}
    for activity, word in ACTIVITIES.items():
        bears = bearing(record.scope, activity)
        if bears in found:
            found[bears].append(str(word))
    said = []
    if barred := found[Bearing.BARS]:
        said.append(_("限制期内不能：%(what)s。") % {"what": _("、").join(barred)})
    if unsure := found[Bearing.OPEN]:
        text = _("没有规定可查（报名和聘任仍按限制办理）：%(what)s。")
        said.append(text % {"what": _("、").join(unsure)})
    return "".join(said)


def under_way(years: Iterable[YearGroup]) -> list[PersonLine]:
    """Return the lines that somebody still works on: what a sanction may concern."""
    return [
        line
        for year in years
        for event in year.events
        for line in event.lines
        if line.row.entitlement is not None
        and line.row.entitlement.state in wording.STEPS[:-1]
    ]


def _rung(row: Decision) -> int:
    return int(LADDER.get(row.value, -1))


def _granted(row: Decision) -> bool:
    done = (EntitlementState.GRANTED, EntitlementState.DELIVERED)
    return any(each.state in done for each in row.entitlements.all())


def _same(
    rows: Iterable[Decision], key: Callable[[Decision], object]
) -> list[list[Decision]]:
    """Groups of more than one row with the same key."""
    groups: dict[object, list[Decision]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return [group for group in groups.values() if len(group) > 1]
