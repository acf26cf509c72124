"""Facts about a result that the release leaves unknown, stated by a bureau."""

import pytest

from awards.actions.decisions import derive_awards
from awards.actions.facts import fill_fact, withdraw_fact_filling
from awards.errors import FillingRefused
from awards.models import Decision
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


@pytest.fixture
def officer():
    return make_officer(make_bureau("440000", "广东省人社厅(试验)"))


@pytest.fixture
def merit():
    """A single 优胜奖 of a national event: place 4 or worse, nothing else known."""
    competition = make_competition(
        "nat", name="第二届", tier="national", region="", origin="external",
        starts_on=AT.date().replace(2023), ends_on=AT.date().replace(2023),
    )  # fmt: skip
    skill = make_skill(competition, occupation_code="", group="unknown")
    entry = make_entry(skill, "T04", [make_person("选手004", "440100")])
    text = entry_text(entry, award="优胜奖", place_low=4)
    release = make_release(competition, [skill_text(skill, [text], field=0)])
    derive_awards(release, by="system:test", at=AT)
    return _decision("NAT-3")


def _decision(rule):
    return Decision.objects.get(rule=rule, is_current=True)


def _fill(decision, officer, fact, value, evidence="成绩公布文件"):
    return fill_fact(
        decision, fact=fact, value=value, evidence=evidence, by=officer, at=AT
    )


@pytest.mark.parametrize(("place", "state"), [("5", "entitled"), ("6", "refused")])
def test_stated_place_settles_the_title(merit, officer, place, state):
    assert (merit.state, merit.missing) == ("open", ["rank"])

    _fill(merit, officer, "rank", place)

    assert _decision("NAT-3").state == state
    assert _decision("NAT-3").conditions[0]["source"].startswith("成绩公布文件")


def test_statement_about_the_skill_reaches_every_rule(merit, officer):
    _fill(merit, officer, "professional_skill", "是")

    assert (_decision("NAT-6").state, _decision("NAT-6").value) == (
        "entitled", "中级专业技术等级证书"
    )  # fmt: skip


def test_later_statement_replaces_and_withdrawal_reopens(merit, officer):
    _fill(merit, officer, "rank", "6")
    row = _fill(merit, officer, "rank", "4")
    assert _decision("NAT-3").state == "entitled"

    withdraw_fact_filling(row, reason="误填", by=officer, at=AT)

    assert _decision("NAT-3").state == "open"


@pytest.mark.parametrize(
    ("fact", "value", "evidence", "code"),
    [
        ("rank", "3", "文件", "contradiction"),
        ("rank", "第五", "文件", "value"),
        ("rank", "5", " ", "evidence"),
        ("grade_held", "技师", "证书", "fact"),
        ("nonsense", "是", "文件", "fact"),
    ],
)
def test_statement_that_cannot_stand_is_refused(
    merit, officer, fact, value, evidence, code
):
    with pytest.raises(FillingRefused) as refused:
        _fill(merit, officer, fact, value, evidence)

    assert refused.value.code == code
    assert _decision("NAT-3").state == "open"
