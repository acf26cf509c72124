"""A unit's line on the desk: listed, explained, settled by the fact it waits for."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from awards.actions.decisions import derive_awards
from awards.models import Decision, Entitlement
from people.models import Organization
from tests.awards import desk

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


@pytest.fixture
def bureau():
    client = Client()
    client.force_login(desk.make_officer(desk.make_bureau()))
    return client


@pytest.fixture
def line():
    competition = desk.make_competition(
        code="nat-2023", tier="national", kind="comprehensive", region="000000",
        starts_on=date(2023, 9, 16), ends_on=date(2023, 9, 19),
    )  # fmt: skip
    people = [desk.make_person("张龙", 1, unit="成都焊接厂")]
    release, _skill, _entries = desk.make_final(people, competition)
    derive_awards(release, by="system:test", at=desk.AT)
    return Decision.objects.get(unit__name="成都焊接厂")


def test_unit_is_listed_with_what_it_waits_for(bureau, line):
    page = bureau.get(reverse("bureau_list") + "?kind=unit").content.decode()

    assert "成都焊接厂" in page
    assert "经组委会评选" in page


def test_unit_is_found_by_its_name(bureau, line):
    page = bureau.get(reverse("bureau_list"), {"kind": "unit", "q": "焊接厂"})

    assert reverse("bureau_explain", args=[line.pk]) in page.content.decode()


def test_explanation_names_the_unit_and_its_fact_is_stated_there(bureau, line):
    url = reverse("bureau_explain", args=[line.pk])
    assert "成都焊接厂：突出贡献奖或优秀组织奖" in bureau.get(url).content.decode()

    answer = bureau.post(
        reverse("bureau_state_fact", args=[line.pk, "chosen_unit"]),
        {"value": "是", "evidence": "组委会公布的名单"},
    )

    assert answer.status_code == 302
    row = Entitlement.objects.get(unit__isnull=False)
    assert (row.unit, row.person, row.value) == (
        Organization.objects.get(name="成都焊接厂"),
        None,
        "突出贡献奖或优秀组织奖",
    )
    assert bureau.get(answer["Location"]).status_code == 200


def test_another_province_does_not_find_it(line):
    client = Client()
    client.force_login(
        desk.make_officer(desk.make_bureau("320000", "江苏省人社厅"), "su")
    )

    assert client.get(reverse("bureau_explain", args=[line.pk])).status_code == 404
