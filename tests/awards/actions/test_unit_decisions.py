"""Units behind a result: decided by the shelf's own rules, stored, asked, superseded."""

from datetime import date, timedelta

import pytest

from awards.actions.decisions import derive_awards
from awards.actions.facts import fill_fact
from awards.models import Decision, Entitlement, FactFilling
from awards.queries import is_stale
from awards.queries.cases import outcomes_of
from awards.queries.decided import evaluation_of
from competitions.models import EntryExpert
from people.models import Organization
from tests.awards.results import (
    AT,
    entry_text,
    make_bureau,
    make_competition,
    make_entry,
    make_officer,
    make_person,
    make_release,
    make_skill,
    skill_text,
)

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
BY = "system:test"
RULE = "NAT-9-unit"


def _national(code="nat-2023", year=2023):
    return make_competition(
        code,
        tier="national",
        competition_class="",
        region="000000",
        name=f"{year}年全国技能大赛（试验）",
        starts_on=date(year, 9, 16),
        ends_on=date(year, 9, 19),
    )


def _unit(name, region="510100"):
    return Organization.objects.create(name=name, kinds=["enterprise"], region=region)


def _entry(skill, key, unit):
    entry = make_entry(skill, key, [make_person(key)])
    entry.members.update(organization=unit)
    return entry


def _text(entry, place, award):
    text = entry_text(entry, place, award)
    units = dict(entry.members.values_list("person_id", "organization_id"))
    for member in text["members"]:
        member["organization"] = units[member["person"]]
    return text


def _released(competition, rows, number="01", serial=1):
    """One skill with entries [(key, unit, place, award)] in a release of its own."""
    skill = make_skill(competition, number)
    texts = [
        _text(_entry(skill, f"{number}-{key}", unit), place, award)
        for key, unit, place, award in rows
    ]
    return make_release(competition, [skill_text(skill, texts)], serial=serial)


def _lines(release):
    rows = Decision.objects.filter(release=release, is_current=True, unit__isnull=False)
    return sorted(
        (row.subject_name, row.rule, row.state, tuple(row.missing))
        for row in rows.select_related("unit")
    )


def test_units_of_members_and_delegation_wait_for_the_committees_choice():
    works, school, sender = _unit("甲集团"), _unit("乙学院"), _unit("成都市人社局")
    competition = _national()
    release = _released(
        competition, [("a", works, 1, "金牌"), ("b", school, 2, "银牌")]
    )
    competition.delegations.update(organization=sender)

    derive_awards(release, by=BY, at=AT)

    waiting = ("chosen_unit",)
    assert _lines(release) == [
        ("乙学院", RULE, "open", waiting),
        ("成都市人社局", RULE, "open", waiting),
        ("甲集团", RULE, "open", waiting),
    ]
    assert not Entitlement.objects.filter(unit__isnull=False).exists()


@pytest.mark.parametrize(
    ("chosen", "state", "proposed"),
    [("是", "entitled", ["突出贡献奖或优秀组织奖"]), ("否", "refused", [])],
)
def test_choice_stated_about_a_unit_settles_its_line_alone(chosen, state, proposed):
    works, school = _unit("甲集团"), _unit("乙学院")
    release = _released(
        _national(), [("a", works, 1, "金牌"), ("b", school, 2, "银牌")]
    )
    derive_awards(release, by=BY, at=AT)
    officer = make_officer(make_bureau())
    line = Decision.objects.get(unit=works, rule=RULE)

    fill_fact(
        line, fact="chosen_unit", value=chosen, evidence="组委会公布", by=officer, at=AT
    )

    assert {name: state for name, _rule, state, _missing in _lines(release)} == {
        "甲集团": state,
        "乙学院": "open",
    }
    filling = FactFilling.objects.get()
    assert (filling.unit, filling.person) == (works, None)
    rows = Entitlement.objects.filter(unit=works)
    assert [(row.value, row.subject_name, row.region) for row in rows] == [
        (value, "甲集团", "510100") for value in proposed
    ]


def test_unit_with_many_entries_has_one_line_on_its_best():
    works = _unit("甲集团")
    rows = [("a", works, 5, "优胜奖"), ("b", works, 2, "银牌"), ("c", works, 9, "")]
    release = _released(_national(), rows)

    derive_awards(release, by=BY, at=AT)

    (line,) = Decision.objects.filter(unit=works)
    assert line.detail["result"] == "第 2 名，银牌"


def test_skills_published_later_add_no_second_line():
    works, competition = _unit("甲集团"), _national()
    first = _released(competition, [("a", works, 3, "铜牌")])
    derive_awards(first, by=BY, at=AT)
    second = _released(competition, [("b", works, 1, "金牌")], number="02", serial=2)

    derive_awards(second, by=BY, at=AT)

    assert len(_lines(first)) == 1
    assert _lines(second) == []


def test_correction_keeps_what_was_proposed_for_a_unit():
    works, competition = _unit("甲集团"), _national()
    first = _released(competition, [("a", works, 1, "金牌")])
    derive_awards(first, by=BY, at=AT)
    officer = make_officer(make_bureau())
    fill_fact(
        Decision.objects.get(unit=works), fact="chosen_unit", value="是",
        evidence="组委会公布", by=officer, at=AT,
    )  # fmt: skip
    before = Entitlement.objects.get(unit=works)
    skill = first.skills.get().skill
    text = skill_text(skill, [_text(skill.entries.get(), 2, "银牌")])
    second = make_release(competition, [text], serial=2)

    derive_awards(second, by=BY, at=AT + timedelta(days=1))

    after = Entitlement.objects.get(unit=works)
    assert (after.pk, after.state, after.release) == (before.pk, "proposed", second)
    assert after.decision.detail["result"] == "第 2 名，银牌"


def test_draft_is_only_previewed_for_units():
    works = _unit("甲集团", "440100")
    competition = make_competition(
        "gd-2026", region="440000", name="广东省职业技能竞赛（试验）"
    )
    release = _released(competition, [("a", works, 1, "金牌")])

    derive_awards(release, by=BY, at=AT)

    lines = [line for line in _lines(release) if line[1] == "GDO-16-unit"]
    assert lines == [
        ("甲集团", "GDO-16-unit", "preview", ("chosen_unit", "gap:GDO-16-rewards"))
    ]


def test_entry_without_a_unit_gives_none():
    release = _released(_national(), [("a", None, 1, "金牌")])

    derive_awards(release, by=BY, at=AT)

    assert _lines(release) == []


def test_stored_line_of_a_unit_is_not_stale_until_a_fact_is_stated():
    works = _unit("甲集团")
    release = _released(_national(), [("a", works, 1, "金牌")])
    derive_awards(release, by=BY, at=AT)
    line = Decision.objects.get(unit=works)
    assert not is_stale(line)

    FactFilling.objects.create(
        release=release, skill=line.skill, entry_id=line.entry_id, unit=works,
        fact="chosen_unit", value=True, evidence="组委会公布", filled_at=AT,
        filled_by=make_officer(make_bureau()),
    )  # fmt: skip

    assert is_stale(line)


@pytest.mark.parametrize("many", [1, 4])
def test_queries_do_not_grow_with_units(django_assert_max_num_queries, many):
    rows = [(f"k{n}", _unit(f"单位{n}"), n, "") for n in range(1, many + 1)]
    release = _released(_national(), rows)

    with django_assert_max_num_queries(20):
        evaluation_of(release)


def test_expert_team_reaches_the_engine_as_registered():
    release = _released(_national(), [("a", None, 1, "金牌")])
    entry = release.skills.get().skill.entries.get()
    expert = make_person("专家")
    EntryExpert.objects.create(entry=entry, person=expert)

    found = [
        (row.case.trigger.value, row.person)
        for row in outcomes_of(release).rows
        if row.person == expert.pk
    ]
    assert found == [("expert", expert.pk)]
