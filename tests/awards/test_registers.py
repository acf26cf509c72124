"""What awards answers to the registers of lower apps."""

from datetime import timedelta

import pytest

from awards.actions.decisions import derive_awards
from awards.actions.documents import confirm_edition_document, submit_edition_document
from awards.consequences import readiness
from awards.models import Decision
from awards.shelf import demonstration_files
from awards.timeline import PERSONAL_DATA
from competitions.register import readiness as readiness_register
from people.register import personal_data
from scoring.register import effects, effects_of
from scoring.signals import results_published
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
def released():
    competition = make_competition(
        "nat", name="第二届", tier="national", region="", origin="external",
        starts_on=AT.date().replace(2023), ends_on=AT.date().replace(2023),
    )  # fmt: skip
    skill = make_skill(competition, occupation_code="", group="unknown")
    entry = make_entry(skill, "1", [make_person("选手001")])
    release = make_release(
        competition, [skill_text(skill, [entry_text(entry, 1, "金牌")], field=0)]
    )
    return release, skill, entry


def test_registers_know_awards():
    assert PERSONAL_DATA in list(personal_data)
    assert "awards" in dict(effects)
    assert readiness in list(readiness_register)


def test_published_release_is_followed_through(released):
    release, _skill, _entry = released

    results_published.send(sender=None, release_id=release.pk)

    rules = Decision.objects.filter(is_current=True).values_list("rule", flat=True)
    assert sorted(rules) == ["NAT-3", "NAT-4", "NAT-6", "NAT-7"]


def test_change_of_marks_is_told_what_it_would_move(released):
    release, skill, entry = released
    derive_awards(release, by="system:test", at=AT)

    found = effects_of(skill.pk, [entry.pk])

    assert [(effect.kind, effect.text) for effect in found] == [
        (
            "entitlement",
            "待遇：全国技术能手（拟定）；不再符合的，自动由新的判定替代",
        )
    ]
    assert effects_of(skill.pk, [entry.pk + 1]) == []


def test_person_sees_decisions_in_time_line_and_download(released):
    release, _skill, entry = released
    derive_awards(release, by="system:test", at=AT)
    person = entry.members.get().person_id

    assert [line.text for line in PERSONAL_DATA.timeline(person)] == [
        "第二届：全国技术能手，拟定"
    ]
    data = PERSONAL_DATA.download(person)
    assert {row["rule"] for row in data["decisions"]} == {
        "NAT-3", "NAT-4", "NAT-6", "NAT-7"
    }  # fmt: skip
    assert PERSONAL_DATA.merge(person, person) == []
    assert PERSONAL_DATA.erase(person, "user:1", AT) == [
        "认定结论和待遇办理记录：办理依据，依法保存。"
    ]


def test_readiness_tells_whether_the_document_is_confirmed():
    competition = make_competition()
    assert readiness(competition, AT)[0].state == "warning"
    text = demonstration_files()[0].read_text(encoding="utf-8")
    row = submit_edition_document(competition, text=text, by="system:test", at=AT)
    assert "待人社部门确认" in readiness(competition, AT)[0].detail

    confirm_edition_document(
        row, by=make_officer(make_bureau()), at=AT + timedelta(days=1)
    )

    assert readiness(competition, AT)[0].state == "done"
