"""The person page: file, history, what waits; corrections and integrity records."""

from datetime import date

import pytest
from django.test import Client

from awards.models import Decision
from people.models import (
    Change,
    FieldEvidence,
    GradeHeld,
    HolderFact,
    IntegrityRecord,
    Person,
    TitleHeld,
)
from tests.awards import desk
from tests.awards.views.test_pages import BACKEND

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    client = Client()
    client.force_login(desk.make_officer(desk.make_bureau()), backend=BACKEND)
    return client


def decided(person: Person, **changes) -> Decision:
    skill = desk.make_skill(desk.make_competition(code=f"c{person.pk}"))
    entry = desk.make_entry(skill, [person], "01")
    release = desk.publish(skill, [(entry, 1, "金牌")], by="system:test")
    return desk.make_decision(release, skill, entry, person, **changes)


@pytest.fixture
def person():
    person = desk.make_person("甲", 1)
    decided(person, state="open", missing=["special_allowance"])
    return person


def text(answer):
    return answer.content.decode()


def test_the_page_names_the_decisions_that_wait_for_a_fact(page, person):
    found = text(page.get(f"/bureau/people/{person.pk}/"))

    decision = Decision.objects.get(person=person, rule="sc-1")
    assert "缺：是否享受国务院特殊津贴。" in found
    assert f'等着这项事实：<a href="/bureau/decisions/{decision.pk}/">' in found


def test_a_holders_fact_may_be_a_no(page, person):
    page.post(
        f"/bureau/people/{person.pk}/holder/",
        {"kind": "state-allowance", "holds": "no", "evidence": "名单已查"},
    )

    row = HolderFact.objects.get(person=person)
    assert (row.holds, row.evidence) == (False, "名单已查")


def test_a_retired_occupation_is_recorded_with_a_warning(page, person):
    values = {"occupation_code": "育婴员", "grade": "3", "evidence": "证书原件"}
    answer = page.post(f"/bureau/people/{person.pk}/grade/", values, follow=True)

    row = GradeHeld.objects.get(person=person)
    assert (row.occupation_code, row.occupation_name) == (
        "4-10-01-01",
        "婴幼儿发展引导员",
    )
    assert "“育婴员”已不在2022年版大典中" in text(answer)


def test_title_keeps_route_and_origin(page, person):
    page.post(
        f"/bureau/people/{person.pk}/title/",
        {
            "title": "全国技术能手",
            "route": "evaluation",
            "origin_region": "140000",
            "evidence": "人社部文件",
            "evidence_on": "2020-01-02",
        },
    )

    row = TitleHeld.objects.get(person=person)
    assert (row.route, row.origin_region, row.evidence_on) == (
        "evaluation",
        "140000",
        date(2020, 1, 2),
    )


def test_values_keep_their_evidence_and_what_they_were(page, person):
    page.post(
        f"/bureau/people/{person.pk}/employment/",
        {"employment_kind": "teacher", "education": "大学本科", "evidence": "聘书"},
    )
    found = text(page.get(f"/bureau/people/{person.pk}/"))

    assert set(FieldEvidence.objects.values_list("field", "evidence")) == {
        ("employment_kind", "聘书"),
        ("education", "聘书"),
    }
    assert "职工 → 教师" in found
    assert "大学专科 → 大学本科" in found


def test_a_card_number_is_shown_by_its_last_digits_only(page, person):
    page.post(
        f"/bureau/people/{person.pk}/social-card/",
        {"social_card_number": "A12345678", "evidence": "卡片原件"},
    )
    found = text(page.get(f"/bureau/people/{person.pk}/"))

    person.refresh_from_db()
    assert person.social_card_number == "A12345678"
    assert "*****5678" in found
    assert "A12345678" not in found
    assert Change.objects.filter(field="social_card_number").count() == 1


def test_an_empty_form_of_values_is_refused_in_words(page, person):
    answer = page.post(f"/bureau/people/{person.pk}/personal/", {"evidence": "身份证"})

    assert answer.status_code == 422
    assert "请至少填写一项。" in text(answer)


def test_a_correction_replaces_and_keeps_the_old_row(page, person):
    old = desk.make_grade(person)
    url = f"/bureau/facts/grade/{old.pk}/"
    assert "更正：现持职业技能等级" in text(page.get(url))

    page.post(
        url,
        {
            "occupation_code": "6-18-02-04",
            "grade": "3",
            "evidence": "证书原件",
            "reason": "录错等级",
            "do": "correct",
        },
    )

    old.refresh_from_db()
    fresh = GradeHeld.objects.get(person=person, withdrawn_at__isnull=True)
    assert (fresh.grade, old.replaced_by_id, old.withdrawn_reason) == (
        3,
        fresh.pk,
        "录错等级",
    )
    found = text(page.get(f"/bureau/people/{person.pk}/"))
    assert "由新的登记代替" in found
    assert "原依据：证书已核" in found


def test_the_form_of_a_correction_begins_with_what_is_recorded(page, person):
    old = desk.make_grade(person)
    GradeHeld.objects.filter(pk=old.pk).update(
        issued_on=date(2023, 5, 1), work_type="手工焊", dictionary="2015"
    )

    found = text(page.get(f"/bureau/facts/grade/{old.pk}/"))

    assert 'value="2023-05-01"' in found
    assert 'value="手工焊"' in found
    assert '<option value="2015" selected>' in found


def test_a_fact_is_withdrawn_with_a_reason_only(page, person):
    old = desk.make_grade(person)
    url = f"/bureau/facts/grade/{old.pk}/"
    page.post(url, {"reason": "", "do": "withdraw"})
    old.refresh_from_db()
    assert old.withdrawn_at is None

    page.post(url, {"reason": "证书无效", "do": "withdraw"})

    old.refresh_from_db()
    assert old.withdrawn_at is not None
    assert "不能再改" in text(page.get(url))


def test_facts_of_another_region_are_not_found(page):
    stranger = desk.make_person("乙", 2, region="320100")
    decided(stranger)
    grade = desk.make_grade(stranger)

    assert page.get(f"/bureau/facts/grade/{grade.pk}/").status_code == 404
    assert page.get(f"/bureau/people/{stranger.pk}/").status_code == 404
    assert page.get(f"/bureau/facts/knight/{grade.pk}/").status_code == 404


def test_an_integrity_record_is_seen_and_ended(page, person):
    page.post(
        f"/bureau/people/{person.pk}/sanction/",
        {
            "scope": "竞赛",
            "reason": "替考",
            "document": "川赛办〔2026〕3 号",
            "starts_on": "2026-01-01",
        },
    )
    record = IntegrityRecord.objects.get(person=person)
    assert "限制中" in text(page.get(f"/bureau/people/{person.pk}/"))

    early = {"ends_on": "2025-12-31", "reason": "复核"}
    answer = page.post(f"/bureau/sanctions/{record.pk}/", early)
    assert "结束日期早于开始日期" in text(answer)
    page.post(
        f"/bureau/sanctions/{record.pk}/", {"ends_on": "2026-02-01", "reason": "复核"}
    )

    record.refresh_from_db()
    assert (record.ends_on, record.end_reason) == (date(2026, 2, 1), "复核")
    found = text(page.get(f"/bureau/people/{person.pk}/"))
    assert "提前结束：复核" in found
    assert "限制中" not in found


def test_queries_of_the_page_do_not_grow_with_facts(
    page, person, django_assert_max_num_queries
):
    url = f"/bureau/people/{person.pk}/"
    desk.make_grade(person)
    page.get(url)
    with django_assert_max_num_queries(60) as first:
        page.get(url)
    for number in range(3):
        desk.make_grade(person, grade=number + 1)
    with django_assert_max_num_queries(len(first)):
        page.get(url)
