"""The cells that lists have in common, from an entitlement with what surrounds it.

Values only, in the words of official sheets; masks are applied where a file is made.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import groupby
from typing import Any

from django.conf import settings
from django.utils.translation import override

from awards.core.rulebook import Document
from awards.enums import OutcomeKind
from awards.listings.base import ListColumn, ListLine, Privacy
from awards.listings.reading import Told
from awards.models import Decision, Entitlement
from competitions.enums import CompetitionClass, Group, Tier
from competitions.models import Skill
from people.core import grades, regions
from people.enums import EmploymentKind, IdentityKind, OrganizationKind, Sex
from people.spreadsheets import Cell, Column

UNSEEN = "（原文未见）"
TEAMS = {1: "单人", 2: "双人", 3: "三人"}
SCORE = "0.00"
MONEY = "#,##0.00"


def shown(
    key: str,
    heading: str,
    width: int = 14,
    kind: str = "text",
    number_format: str = "",
    *,
    wraps: bool = False,
    privacy: Privacy = Privacy.OPEN,
) -> ListColumn:
    """Return a column of a list in one line."""
    return ListColumn(
        Column(key, heading, width, kind, number_format, wraps=wraps), privacy
    )


NUMBER = shown("number", "序号", 6, "integer")
NAME = shown("name", "姓名", 10)
SEX = shown("sex", "性别", 6, privacy=Privacy.HIDDEN)
IDENTITY_KIND = shown("identity_kind", "证件类型", 14)
IDENTITY = shown("identity_number", "证件号码", 21, privacy=Privacy.IDENTITY)
PHONE = shown("phone", "联系电话", 13, privacy=Privacy.PHONE)
UNIT = shown("unit", "工作单位(学校)", 20, wraps=True)
COMPETITION = shown("competition", "竞赛名称", 20, wraps=True)
TIER = shown("tier", "竞赛级别类别", 12, wraps=True)
SKILL = shown("skill", "赛项", 14, wraps=True)
PLACE = shown("place", "名次", 6, "integer")
AWARD = shown("award", "奖项", 9)
CITATION = shown("citation", "依据条款", 26, wraps=True)
STATE = shown("state", "办理状态", 10)
NOTE = shown("note", "备注", 10, wraps=True)
REFERENCE = shown("reference", "办理编号", 12)


@cache
def labels() -> dict[str, dict[str, str]]:
    """The words of stored codes in the language of official sheets."""
    with override(settings.LANGUAGE_CODE):
        return {
            kind.__name__: {value: str(label) for value, label in kind.choices}
            for kind in (
                EmploymentKind,
                IdentityKind,
                Sex,
                Tier,
                CompetitionClass,
                Group,
                OrganizationKind,
                OutcomeKind,
            )
        }


def word(kind: type, value: str) -> str:
    """Return the word of a stored code; a code without a word as it is."""
    return labels()[kind.__name__].get(value, value)


def kind_word(kind: str) -> str:
    """Return the word of a kind of entitlement."""
    return word(OutcomeKind, kind)


def citation(decision: Decision, document: Document | None) -> str:
    """Return document and clause; what was never seen in the original says so."""
    title = document.title if document else decision.rulebook
    mark = UNSEEN if decision.detail.get("seen") == "report" else ""
    return f"《{title}》{decision.clause}{mark}"


def reference(row: Entitlement) -> str:
    """Return the number under which an entitlement is dealt with."""
    return f"R-{row.pk}"


def person_cells(told: Told) -> dict[str, Cell]:
    """Return who somebody is: name, document, unit, region, telephone …"""
    person = told.row.person
    if person is None:
        return {"name": told.row.subject_name, "region": region_of(told.row.region)}
    employment = told.employment or person.employment_kind
    return {
        "name": person.name,
        "sex": word(Sex, person.sex) if person.sex in "12" else "",
        "identity_kind": word(IdentityKind, person.identity_kind),
        "identity_number": person.identity_number,
        "ethnicity": person.ethnicity,
        "birth_on": person.birth_on,
        "birth_month": person.birth_on.strftime("%Y-%m") if person.birth_on else "",
        "education": person.education,
        "employment": word(EmploymentKind, employment),
        "unit": told.unit,
        "region": region_of(person.home_region or told.row.region),
        "phone": person.phone,
        "titles": told.titles,
    }


def region_of(code: str) -> str:
    """Return a region's full name with its code, as official sheets write it."""
    name = regions.full_name(code)
    return f"{name}({code})" if name else code


def event_cells(told: Told) -> dict[str, Cell]:
    """Return the competition and the skill a line comes from."""
    skill = told.decision.skill
    competition = skill.competition
    size = told.result.team_size
    return {
        "competition": competition.name,
        "tier": tier_of(skill),
        "document_number": competition.document_number,
        "result_document": told.row.release.document,
        "release": told.row.release.number,
        "skill": skill.name,
        "group": word(Group, skill.group),
        "team": TEAMS.get(size, f"{size}人"),
        "occupation": skill.occupation_name,
        "occupation_code": skill.occupation_code,
        "ended_on": competition.ends_on,
    }


def tier_of(skill: Skill) -> str:
    """Return the tier with its class: 省级一类."""
    competition = skill.competition
    tier = word(Tier, competition.tier)
    if competition.competition_class == CompetitionClass.NONE:
        return tier
    return tier + word(CompetitionClass, competition.competition_class)


def result_cells(told: Told) -> dict[str, Cell]:
    """Return place, prize and marks of the entry."""
    result = told.result
    return {
        "place": result.place,
        "award": result.award,
        "theory": result.theory,
        "practice": result.practice,
        "total": result.total,
        "delegation": result.delegation,
    }


def grade_held(told: Told) -> str:
    """Return the grade held in the occupation: registered, or as the decision found."""
    if told.held is not None:
        return grades.Grade(told.held.grade).label
    return str(told.decision.detail.get("from") or "")


def all_cells(told: Told) -> dict[str, Cell]:
    """Return every cell that the lists of persons have in common."""
    return {
        **person_cells(told),
        **event_cells(told),
        **result_cells(told),
        "grade_held": grade_held(told),
        "certificate_number": told.held.certificate_number if told.held else "",
        "value": told.row.value,
        "authority": told.row.authority,
        "mode": str(told.decision.detail.get("mode") or ""),
        "citation": citation(told.decision, told.document),
        "state": state_word(told.row),
        "reference": reference(told.row),
        "note": "；".join(_notes(told)),
    }


def _notes(told: Told) -> Iterator[str]:
    if told.result.is_shared:
        yield "并列"
    if told.row.basis_changed:
        yield "依据已变化，待复核"


def state_word(row: Entitlement) -> str:
    """Return where an entitlement stands, in the words of official sheets."""
    return _states()[row.state]


@cache
def _states() -> Mapping[str, str]:
    with override(settings.LANGUAGE_CODE):
        field = Entitlement._meta.get_field("state")
        return {value: str(label) for value, label in field.flatchoices}


def line_of(told: Told, sheet: str, cells: Mapping[str, Cell]) -> ListLine:
    """Return a line that stands for one entitlement."""
    return ListLine(
        sheet=sheet,
        cells=cells,
        entitlement=told.row.pk,
        person=told.row.person_id,
        document=told.document.title if told.document else told.decision.rulebook,
        release=told.row.release.number,
    )


def sheets_of(
    lines: Iterable[ListLine], closing: Callable[[list[ListLine]], dict[str, Any]]
) -> Iterator[ListLine]:
    """Yield the lines with a closing line after each sheet, neither numbered nor
    counted; ``closing`` gives its cells."""
    for sheet, members in groupby(lines, key=lambda line: line.sheet):
        listed = list(members)
        yield from listed
        yield ListLine(sheet, {"number": "", **closing(listed)})
