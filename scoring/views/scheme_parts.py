"""A scheme as the editor shows it, and the form and verbs of each of its parts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, cast

from django.forms import ChoiceField
from django.http import QueryDict
from django.utils.translation import gettext as _

from scoring import forms
from scoring.core import editing
from scoring.core.allocation import allocation
from scoring.core.findings import freeze_findings, maximum_total, scheme_advice
from scoring.core.rounding import round_half_up
from scoring.core.scheme import Aspect, Criterion, Scheme
from scoring.scheme_words import Remark, remark_of
from scoring.views import aspect_words

NEW = "new"
MOVES = {"up": -1, "down": 1}


@dataclass(frozen=True, slots=True)
class Part:
    """One part being written: its form, how it is saved, what else can be done."""

    kind: str
    code: str
    parent: str
    title: str
    form: Any
    save: Callable[[Scheme], Scheme]

    @property
    def is_new(self) -> bool:
        return self.code == NEW

    @property
    def is_fixed(self) -> bool:
        """Neither moved nor removed: not there yet, or always there."""
        return self.is_new or self.kind == "settings"

    def act(self, scheme: Scheme, do: str) -> Scheme:
        """The scheme after the part was moved or removed."""
        if self.is_fixed or do not in (*MOVES, "remove"):
            raise editing.NoSuchPart(self.code)
        if do == "remove":
            return editing.remove_part(scheme, self.kind, self.code)
        return editing.move_part(scheme, self.kind, self.code, MOVES[do])


def part_of(
    kind: str, code: str, parent: str, scheme: Scheme, posted: QueryDict
) -> Part:
    """The named part with its form; :class:`editing.NoSuchPart` if it is not there."""
    makers: Mapping[str, Callable[..., Part]] = {
        "settings": _settings,
        "criterion": _criterion,
        "sub": _sub,
        "aspect": _aspect,
        "section": _section,
    }
    if kind not in makers:
        raise editing.NoSuchPart(kind)
    return makers[kind](code, parent, scheme, posted or None)


def _settings(code: str, parent: str, scheme: Scheme, posted: Any) -> Part:
    form = forms.SettingsForm(scheme, posted, initial=forms.initial_settings(scheme))

    def save(found: Scheme) -> Scheme:
        return replace(found, **form.apply(found))

    return Part("settings", code, "", _("方案设置"), form, save)


def _criterion(code: str, parent: str, scheme: Scheme, posted: Any) -> Part:
    letter = editing.free_letter(scheme) if code == NEW else code
    initial = {}
    if code != NEW:
        found = editing.criterion_of(scheme, code)
        initial = {"name": found.name, "weight": found.weight}
    form = forms.CriterionForm(posted, initial=initial)

    def save(found: Scheme) -> Scheme:
        return editing.put_criterion(found, form.criterion(letter))

    title = _("模块 %(code)s") % {"code": letter}
    return Part("criterion", code, "", title, form, save)


def _sub(code: str, parent: str, scheme: Scheme, posted: Any) -> Part:
    letter = parent if code == NEW else code[:1]
    criterion = editing.criterion_of(scheme, letter)
    initial: dict[str, Any] = {"panel": "A"}
    named = editing.free_code(criterion)
    if code != NEW:
        found = editing.sub_of(scheme, code)
        initial = {"name": found.name, "day": found.day, "panel": found.panel}
        if found.dual is not None:
            initial |= {
                "second_panel": found.dual.panel,
                "tolerance": found.dual.tolerance,
                "unit": found.dual.unit,
                "places": found.dual.places,
            }
        named = code
    form = forms.SubForm(posted, initial=initial)

    def save(found: Scheme) -> Scheme:
        return editing.put_sub(found, letter, form.sub(named))

    return Part("sub", code, letter, _("子项 %(code)s") % {"code": named}, form, save)


def _aspect(code: str, parent: str, scheme: Scheme, posted: Any) -> Part:
    sub = parent if code == NEW else code.partition(".")[0]
    editing.sub_of(scheme, sub)
    initial: dict[str, Any] = {"kind": "measurement"}
    title = _("%(code)s 的新评分点") % {"code": sub}
    if code != NEW:
        found = editing.aspect_of(scheme, code)
        initial = forms.initial_aspect(found)
        title = _("评分点 %(code)s") % {"code": code}
    form = forms.AspectForm(scheme, posted, initial=initial)

    def save(found: Scheme) -> Scheme:
        given = form.aspect()
        if code != NEW:
            given = _kept(editing.aspect_of(found, code), given)
        return editing.put_aspect(found, sub, "" if code == NEW else code, given)

    return Part("aspect", code, sub, title, form, save)


def _kept(before: Aspect, given: Aspect) -> Aspect:
    """What a form cannot show of a calculation or of lines that were not changed."""
    lines = "\n".join(before.extra).splitlines()
    if tuple(line for line in lines if line.strip()) == given.extra:
        given = replace(given, extra=before.extra)
    old, new = before.calculation, given.calculation
    if (old.kind, old.parameters) == (new.kind, new.parameters):
        return replace(given, calculation=old)
    return given


def _section(code: str, parent: str, scheme: Scheme, posted: Any) -> Part:
    initial = {}
    taken = {section.number for section in scheme.sections} - {code}
    if code != NEW:
        found = editing.section_of(scheme, code)
        initial = {
            "number": found.number,
            "name": found.name,
            "declared": found.declared,
        }
    form = forms.SectionForm(sorted(taken), posted, initial=initial)

    def save(found: Scheme) -> Scheme:
        number = "" if code == NEW else code
        return editing.put_section(found, number, form.section())

    return Part("section", code, "", _("标准章节"), form, save)


def shown(scheme: Scheme, *, competition_level: bool) -> dict[str, Any]:
    """Everything the editor's page shows of a scheme."""
    findings = [
        *freeze_findings(scheme, competition_level=competition_level),
        *scheme_advice(scheme),
    ]
    remarks = [remark_of(finding) for finding in findings]
    beside: dict[str, list[Remark]] = {}
    for remark in remarks:
        beside.setdefault(remark.place, []).append(remark)
    placed = {f"section:{section.number}" for section in scheme.sections}
    placed |= _places(scheme)
    return {
        "scheme": scheme,
        "total": round_half_up(maximum_total(scheme), 2),
        "blocking": sum(remark.blocks for remark in remarks),
        "remarks": [r for r in remarks if r.place not in placed],
        "criteria": [_shown_criterion(c, beside) for c in scheme.criteria],
        "settings_words": _settings_words(scheme),
        **allocation_shown(scheme),
    }


def allocation_shown(scheme: Scheme) -> dict[str, Any]:
    """The mark allocation table, with what is to be said about each section."""
    table = allocation(scheme)
    beside: dict[str, list[Remark]] = {}
    for finding in scheme_advice(scheme):
        beside.setdefault(finding.place, []).append(remark_of(finding))
    return {
        "allocation": table,
        "allocation_rows": [
            {"row": row, "remarks": beside.get(f"section:{row.number}", [])}
            for row in table.rows
        ],
    }


def _places(scheme: Scheme) -> set[str]:
    """The codes that have a row of their own."""
    found = set()
    for criterion in scheme.criteria:
        found.add(criterion.letter)
        for sub in criterion.sub_criteria:
            found |= {sub.code, *(aspect.code for aspect in sub.aspects)}
    return found


def _shown_criterion(
    criterion: Criterion, beside: Mapping[str, list[Remark]]
) -> dict[str, Any]:
    return {
        "part": criterion,
        "remarks": beside.get(criterion.letter, []),
        "maximum": sum(
            (a.maximum for s in criterion.sub_criteria for a in s.aspects), Decimal(0)
        ),
        "subs": [
            {
                "part": sub,
                "remarks": beside.get(sub.code, []),
                "maximum": sum((a.maximum for a in sub.aspects), Decimal(0)),
                "aspects": [
                    {
                        "part": aspect,
                        "kind": aspect_words.kind_label(aspect.kind),
                        "rules": list(aspect_words.rules(aspect)),
                        "remarks": beside.get(aspect.code, []),
                    }
                    for aspect in sub.aspects
                ],
            }
            for sub in criterion.sub_criteria
        ],
    }


def _settings_words(scheme: Scheme) -> list[tuple[str, str]]:
    """The settings in words, for the card on top."""
    form = forms.SettingsForm(scheme, initial=forms.initial_settings(scheme))
    rows = []
    for name, field in form.fields.items():
        value = form.initial.get(name, "")
        if name == "title" or (name.startswith("tie_") and not value):
            continue
        label = dict(cast(ChoiceField, field).choices).get(value, value)
        rows.append((str(field.label), str(label)))
    return rows
