"""Places for awards and what is left of quotas, fed by registers and releases."""

from datetime import UTC, date, datetime

import pytest

from awards.actions.decisions import derive_awards
from awards.core.quotas import Limit
from awards.models import Decision, FactFilling
from awards.queries import quotas
from awards.queries.decided import evaluation_of
from competitions.models import Series
from people.actions import record_title
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

pytestmark = pytest.mark.django_db
BY = "system:test"
SHANXI = {
    "tier": "provincial",
    "competition_class": "none",
    "kind": "comprehensive",
    "region": "140000",
}


def _series():
    return Series.objects.create(name="山西省职业技能大赛", region="140000")


def _edition(code, year, series=None, **changes):
    values = {
        **SHANXI,
        "name": f"山西省{year}年职业技能大赛",
        "starts_on": date(year, 6, 16),
        "ends_on": date(year, 6, 20),
        "series": series,
        **changes,
    }
    return make_competition(code, **values)


def _released(competition, people, number="01", serial=1, awards=()):
    """A release of one skill with these people in this order."""
    skill = make_skill(competition, number)
    texts = []
    for place, person in enumerate(people, start=1):
        entry = make_entry(skill, f"{number}-{place}", [person])
        award = awards[place - 1] if place <= len(awards) else ""
        texts.append(entry_text(entry, place, award))
    return make_release(
        competition, [skill_text(skill, texts, field=30)], serial=serial
    )


def _people(*names, region="140100"):
    return [make_person(name, region) for name in names]


def _states(release, rule):
    return {
        found.outcome.person: (found.decided.state.value, found.decided.value)
        for found in evaluation_of(release)
        if found.decided.rule == rule
    }


def _title(person, title, on=date(2020, 5, 1)):
    record_title(
        person, title=title, issuer="厅", awarded_on=on, route="competition",
        evidence="证书", by=BY, at=AT,
    )  # fmt: skip


def _state(release, person, fact, value):
    skill = release.skills.get().skill
    entry = next(
        entry for entry in skill.entries.all() if entry.members.get().person == person
    )
    FactFilling.objects.create(
        release=release, skill=skill, entry_id=entry.pk, person=person, fact=fact,
        value=value, evidence="核查表", filled_at=AT, filled_by=make_officer(
            make_bureau("140000", f"厅{person.pk}"), f"officer{person.pk}"
        ),
    )  # fmt: skip


def test_title_holder_is_passed_over_and_those_behind_move_up():
    people = _people("甲", "乙", "丙", "丁")
    _title(people[0], "全国技术能手")
    release = _released(_edition("sx-2023", 2023), people)
    for person in people[1:]:
        _state(release, person, "prior_holder", False)

    found = _states(release, "SX-3")

    first, *others = people
    assert found[first.pk][0] == "refused"
    assert [found[person.pk] for person in others] == [("entitled", "一等奖")] * 3


def test_unknown_prior_holder_leaves_only_bounds():
    people = _people("甲", "乙", "丙", "丁", "戊")
    release = _released(_edition("sx-2023", 2023), people)
    _state(release, people[4], "prior_holder", False)

    last = next(
        found.decided
        for found in evaluation_of(release)
        if found.decided.rule == "SX-3" and found.outcome.person == people[4].pk
    )

    assert last.state.value == "open"
    assert str(last.rank) == "1–5"
    assert last.missing == ("rank",)


def test_winner_of_an_earlier_edition_competes_for_selection_only():
    series = _series()
    champion, *others = _people("甲", "乙", "丙")
    _released(_edition("sx-2021", 2021, series), [champion])
    release = _released(
        _edition("sx-2023", 2023, series), [champion, *others], serial=2
    )
    for person in others:
        _state(release, person, "prior_holder", False)

    found = _states(release, "SX-3")

    assert found[champion.pk][0] == "refused"
    assert found[others[0].pk] == ("entitled", "一等奖")
    decided = next(
        found.decided
        for found in evaluation_of(release)
        if found.decided.rule == "SX-3" and found.outcome.person == champion.pk
    )
    assert decided.answers[-1].source.startswith("成绩版本 R-2026-0001")


def test_same_holder_in_guangdong_keeps_the_place_and_gets_no_second_title():
    people = _people("甲", "乙", region="440100")
    _title(people[0], "广东省技术能手")
    competition = make_competition(
        "gd-2022", name="2022年广东省照明行业职业技能竞赛", tier="provincial",
        competition_class="class-2", kind="industry", region="440000",
        starts_on=date(2022, 11, 18), ends_on=date(2022, 11, 20),
    )  # fmt: skip
    release = _released(competition, people)

    found = _states(release, "GD-1")
    medal = _states(release, "GD-2")

    assert found[people[0].pk][0] == "refused"
    assert found[people[1].pk][0] == "open"
    assert medal[people[1].pk][0] == "refused"  # second: no place passed down


def test_choice_of_a_delegation_is_decided_only_for_whom_it_is_stated():
    chosen, other = _people("甲", "乙")
    competition = make_competition(
        "nat-2023", name="中华人民共和国第二届职业技能大赛", tier="national",
        kind="comprehensive", region="", starts_on=date(2023, 9, 16),
        ends_on=date(2023, 9, 19),
    )  # fmt: skip
    release = _released(competition, [chosen, other])
    assert _states(release, "NAT-9") == {}

    _state(release, chosen, "best_of_delegation", True)

    assert _states(release, "NAT-9") == {chosen.pk: ("entitled", "参赛代表团最佳选手")}


@pytest.mark.parametrize("count", [2, 6])
def test_queries_do_not_grow_with_the_field(count, django_assert_num_queries):
    series = _series()
    people = _people(*(f"选手{n}" for n in range(count)))
    for person in people:
        _title(person, "三晋技术能手")
    _released(_edition("sx-2019", 2019, series), people)
    _released(_edition("sx-2021", 2021, series), people, serial=2)
    release = _released(_edition("sx-2023", 2023, series), people, serial=3)

    with django_assert_num_queries(26):
        evaluation_of(release)


def _quota_competition(code, year=2021, region="510000"):
    return make_competition(
        code, name="四川省一类竞赛", tier="provincial", competition_class="class-1",
        kind="industry", region=region, starts_on=date(year, 10, 1),
        ends_on=date(year, 10, 3),
    )  # fmt: skip


def test_title_beyond_the_number_of_the_plan_waits_for_the_authority(monkeypatch):
    limits = [Limit("四川省技术能手", 2, years=(2021, 2025))]
    monkeypatch.setattr(quotas, "limits_of", lambda books: limits)
    one, two = (_people(name, region="510100") for name in ("甲", "乙"))
    earlier = make_person("先得", "510100")
    _title(earlier, "四川省技术能手", date(2022, 1, 1))
    first = _released(_quota_competition("sc-a"), one)
    derive_awards(first, by=BY, at=datetime(2021, 11, 1, tzinfo=UTC))
    second = _released(_quota_competition("sc-b"), two, serial=2)

    derive_awards(second, by=BY, at=datetime(2021, 11, 2, tzinfo=UTC))

    states = dict(
        Decision.objects.filter(rule="SC-1", is_current=True).values_list(
            "person__name", "state"
        )
    )
    assert states == {"甲": "entitled", "乙": "open"}
    waiting = Decision.objects.get(rule="SC-1", person=two[0])
    assert waiting.missing == ["quota:四川省技术能手"]


def test_one_of_those_who_share_the_last_place_is_decided_like_all(monkeypatch):
    limits = [Limit("四川省技术能手", 1, years=(2021, 2025))]
    monkeypatch.setattr(quotas, "limits_of", lambda books: limits)
    competition = _quota_competition("sc-a")
    people = _people("甲", "乙", region="510100")
    skills = [make_skill(competition, number) for number in ("01", "02")]
    texts = [
        skill_text(skill, [entry_text(make_entry(skill, skill.number, [person]), 1)])
        for skill, person in zip(skills, people, strict=True)
    ]
    release = make_release(competition, texts)

    alone = evaluation_of(release, frozenset({people[0].pk}))

    assert {name[0] for name in _states(release, "SC-1").values()} == {"open"}
    states = {f.decided.state.value for f in alone if f.decided.rule == "SC-1"}
    assert states == {"open"}
    assert {found.outcome.person for found in alone} == {people[0].pk}


def test_same_title_proposed_by_an_earlier_competition_is_not_proposed_again():
    person = make_person("甲", "510100")
    first = _released(_quota_competition("sc-a"), [person])
    derive_awards(first, by=BY, at=AT)
    later = make_competition(
        "sc-b", name="四川省一类竞赛", tier="provincial", competition_class="class-1",
        kind="industry", region="510000", starts_on=date(2021, 11, 1),
        ends_on=date(2021, 11, 3),
    )  # fmt: skip
    second = _released(later, [person], serial=2)

    derive_awards(second, by=BY, at=AT)

    decided = Decision.objects.get(release=second, rule="SC-1")
    assert decided.state == "refused"
    assert first.number in " ".join(decided.reasons)
