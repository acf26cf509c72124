"""What a correction changes: before it is published, and between two releases."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from competitions.models import Skill
from people.models import Person
from scoring.core.release_changes import EntryChange, ValueChange, changes
from scoring.enums import Standing
from scoring.models import Release, ReleaseSkill
from scoring.queries.release_text import skill_text
from scoring.register import Effect, effects_of


@dataclass(frozen=True, slots=True)
class Line:
    """One changed value in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangedEntry:
    """An entry that changed: who it is, what changed, and what that moves."""

    entry: int
    code: str
    names: str
    delegation: str
    lines: tuple[Line, ...]
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """The changes of one skill; ``after`` is empty before they are published."""

    skill: str
    before: str
    after: str
    entries: tuple[ChangedEntry, ...]


def correction_of(skill: Skill) -> Correction | None:
    """What publishing this skill now would change; None while it has no release."""
    found = released_text(skill)
    if found is None:
        return None
    number, old = found
    return compared(old, skill_text(skill), number, "")


def released_text(skill: Skill) -> tuple[str, dict[str, Any]] | None:
    """Number and text of the release in force of a skill, if it has one."""
    links = ReleaseSkill.objects.filter(skill=skill, superseded_by__isnull=True)
    link = links.select_related("release").order_by("-pk").first()
    if link is None:
        return None
    return link.release.number, _skill_in(link.release, skill.pk)


def corrections_in(release: Release) -> list[Correction]:
    """What a release changed against those it superseded, skill by skill."""
    links = ReleaseSkill.objects.filter(superseded_by=release)
    return [
        compared(
            _skill_in(link.release, link.skill_id),
            _skill_in(release, link.skill_id),
            link.release.number,
            release.number,
        )
        for link in links.select_related("release").order_by("skill__number", "pk")
    ]


def _skill_in(release: Release, skill: int) -> dict[str, Any]:
    skills: list[dict[str, Any]] = json.loads(release.text)["skills"]
    return next(each for each in skills if each["skill"] == skill)


def compared(
    old: dict[str, Any], new: dict[str, Any], before: str, after: str
) -> Correction:
    """The changes between two texts of one skill, and what they move above."""
    found = changes(old, new)
    entries = {e["entry"]: e for e in (*old["entries"], *new["entries"])}
    moved: dict[int, list[Effect]] = defaultdict(list)
    for effect in effects_of(new["skill"], [change.entry for change in found]):
        moved[effect.entry_id].append(effect)
    names = _names([entries[change.entry] for change in found])
    return Correction(
        skill=f"{new['number']} {new['name']}",
        before=before,
        after=after,
        entries=tuple(
            _changed(change, entries[change.entry], names, moved[change.entry])
            for change in found
        ),
    )


def _changed(
    change: EntryChange,
    entry: Mapping[str, Any],
    names: Mapping[int, str],
    effects: Sequence[Effect],
) -> ChangedEntry:
    who = [names.get(member["person"], "—") for member in entry["members"]]
    return ChangedEntry(
        entry=change.entry,
        code=entry["code"],
        names=_("、").join(who),
        delegation=entry["delegation"],
        lines=tuple(_line(value) for value in change.values),
        effects=tuple(effects),
    )


def _line(value: ValueChange) -> Line:
    labels = {
        "listed": _("列入"),
        "standing": _("参赛结果"),
        "place": _("名次"),
        "award": _("奖项"),
        "points": _("总分"),
        "scale_score": _("世赛标尺"),
    }
    before, after = value.before, value.after
    if value.name == "standing":
        words = {state.value: str(state.label) for state in Standing}
        before, after = words.get(before, before), words.get(after, after)
    if value.name == "listed":
        before, after = (_("是") if each else _("否") for each in (before, after))
    return Line(labels[value.name], before, after)


def _names(entries: Sequence[Mapping[str, Any]]) -> dict[int, str]:
    ids = {member["person"] for entry in entries for member in entry["members"]}
    return dict(Person.objects.filter(pk__in=ids).values_list("pk", "name"))
