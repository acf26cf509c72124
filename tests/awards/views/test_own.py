"""A competitor's own page: opened by a slip, true to the release, silent about others."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from awards.actions.certificates import issue_certificates
from awards.actions.result_codes import issue_result_codes, revoke_result_code
from awards.enums import DecisionState, EntitlementState
from awards.models import EntitlementStep
from competitions.enums import EventRole
from competitions.models import Appointment
from people.enums import OrganizationRole
from people.models import User
from tests.awards import desk

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
FORM, PAGE = "/delegation/result/", "/delegation/result/mine/"
NOTE = "内部便笺不外传"


@pytest.fixture
def people():
    return [
        desk.make_person(name, n, unit=f"{name}的厂")
        for n, name in enumerate(["张龙", "李虎", "王豹"], 1)
    ]


@pytest.fixture
def final(people):
    release, skill, entries = desk.make_final(people)
    return release, skill, entries


@pytest.fixture
def officer():
    return desk.make_officer(desk.make_bureau())


def _code(competition, person, officer):
    at = timezone.now()
    ((_row, text),) = issue_result_codes(
        competition, [person], expires_at=at + timedelta(days=9), by=officer, at=at
    )
    return text


def _opened(competition, person, officer):
    client = Client()
    answer = client.post(FORM, {"code": _code(competition, person, officer)})
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    return client


def _text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_code_opens_the_persons_result_and_nobody_elses(final, people, officer):
    release, skill, _entries = final
    client = _opened(skill.competition, people[1], officer)

    answer = client.get(PAGE)

    text = _text(answer)
    assert [word in text for word in ("李虎", "焊接", "银牌", "第 2 名", "90.43")] == [
        True
    ] * 5
    assert release.number in text
    assert not [
        word for word in ("张龙", "王豹", "138000", "5199001991") if word in text
    ]
    assert {name: answer[name] for name in ("Cache-Control", "Referrer-Policy")} == {
        "Cache-Control": "no-store",
        "Referrer-Policy": "same-origin",
    }
    assert answer["X-Robots-Tag"] == "noindex, nofollow"


def test_before_the_release_there_is_no_place_no_prize_and_no_point(people, officer):
    competition = desk.make_competition()
    skill = desk.make_skill(competition)
    desk.make_entry(skill, [people[0]], "01")

    text = _text(_opened(competition, people[0], officer).get(PAGE))

    assert "成绩还没有发布" in text
    assert not re.search(
        r"第 \d 名|牌|\d\.\d", text.split("我的证书")[0].split("我的成绩")[-1]
    )


def test_wrong_ended_and_expired_codes_get_one_answer(final, people, officer):
    competition = final[1].competition
    ended = _code(competition, people[0], officer)
    revoke_result_code(
        competition.result_codes.get(), reason="丢失", by=officer, at=timezone.now()
    )

    answers = []
    for typed in (ended, "ACDEFG-HJKL-MNPQ-RTUV", "x", ""):
        answer = Client().post(FORM, {"code": typed})
        answers.append((answer.status_code, _text(answer)))

    assert {status for status, _words in answers} == {404}
    assert len({words for _status, words in answers}) == 1


def test_page_needs_a_code_and_closes_again(final, people, officer):
    assert Client().get(PAGE)["Location"] == FORM
    client = _opened(final[1].competition, people[0], officer)

    client.post("/delegation/result/close/")

    assert client.get(PAGE)["Location"] == FORM


def test_page_shuts_when_its_slip_is_ended_or_half_an_hour_has_passed(
    final, people, officer
):
    competition = final[1].competition
    client = _opened(competition, people[0], officer)
    session = client.session
    kept = session["result_code"]
    session["result_code"] = {**kept, "at": kept["at"] - 1801}
    session.save()
    assert client.get(PAGE)["Location"] == FORM

    client = _opened(competition, people[0], officer)
    revoke_result_code(
        competition.result_codes.get(revoked_at=None),
        reason="丢失",
        by=officer,
        at=timezone.now(),
    )
    assert client.get(PAGE)["Location"] == FORM


def test_line_shows_clause_state_answer_and_no_word_of_the_bureaus_own(
    final, people, officer
):
    release, skill, entries = final
    decision = desk.make_decision(release, skill, entries[0], people[0])
    row = desk.make_entitlement(
        decision, state=EntitlementState.REFUSED, state_reason=NOTE
    )
    for before, after, document, reason in (
        ("proposed", "filed", "", NOTE),
        ("filed", "refused", "川人社函〔2026〕8 号", "证书未核"),
    ):
        EntitlementStep.objects.create(
            entitlement=row, before=before, after=after, document=document,
            reason=reason, on=desk.AT.date(), by=officer, at=desk.AT,
        )  # fmt: skip

    text = _text(_opened(skill.competition, people[0], officer).get(PAGE))

    for word in (
        "晋升高级技师",
        f"R-{row.pk}",
        "不予核准",
        "川人社函〔2026〕8 号",
        "证书未核",
        "第五条",
        "获奖选手晋升职业技能等级",
        "四川省人力资源和社会保障厅",
    ):
        assert word in text
    assert NOTE not in text
    assert officer.name not in text
    assert "逾期" not in text


def test_open_line_names_what_is_missing_and_a_draft_promises_nothing(
    final, people, officer
):
    release, skill, entries = final
    desk.make_decision(
        release, skill, entries[0], people[0],
        state=DecisionState.OPEN, missing=["grade_held"],
    )  # fmt: skip
    desk.make_decision(
        release, skill, entries[0], people[0], rule="sc-2",
        state=DecisionState.PREVIEW, value="草案里的称号", kind="title",
    )  # fmt: skip

    text = _text(_opened(skill.competition, people[0], officer).get(PAGE))

    assert "现持职业技能等级" in text
    assert "请带证件或证书向人社部门登记" in text
    assert "草案里的称号" not in text
    assert "施行以前不产生任何待遇" in text


def test_proposed_line_says_what_to_bring_and_where_it_stands(final, people, officer):
    release, skill, entries = final
    desk.make_entitlement(desk.make_decision(release, skill, entries[0], people[0]))

    text = _text(_opened(skill.competition, people[0], officer).get(PAGE))

    assert "我要带什么" in text
    assert "办到哪一步" in text
    assert "拟定 2026-11-20" in text


def test_own_certificate_comes_as_pdf_and_anothers_is_not_found(final, people, officer):
    release, skill, _entries = final
    papers = {
        paper.person_id: paper
        for paper in issue_certificates(release, by=officer, at=desk.AT)
    }
    client = _opened(skill.competition, people[0], officer)

    own = client.get(reverse("own_certificate", args=[papers[people[0].pk].pk]))
    other = client.get(reverse("own_certificate", args=[papers[people[1].pk].pk]))

    assert (own.status_code, own.content[:5]) == (200, b"%PDF-")
    assert own["Cache-Control"] == "no-store"
    assert other.status_code == 404
    assert papers[people[0].pk].number in _text(client.get(PAGE))


def test_account_of_the_person_needs_no_code(final, people):
    client = Client()
    client.force_login(User.objects.create(username="zl", person=people[0]))

    text = _text(client.get(PAGE))

    assert "张龙" in text
    assert "金牌" in text


@pytest.mark.parametrize("many", [1, 3])
def test_queries_do_not_grow_with_lines(
    final, people, officer, django_assert_max_num_queries, many
):
    release, skill, entries = final
    for number in range(many):
        desk.make_entitlement(
            desk.make_decision(
                release, skill, entries[0], people[0], rule=f"sc-{number}"
            )
        )
        desk.make_decision(
            release, skill, entries[0], people[0], rule=f"open-{number}",
            state=DecisionState.OPEN, missing=["grade_held"],
        )  # fmt: skip
    client = _opened(skill.competition, people[0], officer)
    client.get(PAGE)

    with django_assert_max_num_queries(24):
        client.get(PAGE)


def _leader(skill, people):
    delegation = skill.entries.first().delegation
    person = desk.make_person("领队", 90)
    Appointment.objects.create(
        competition=skill.competition, person=person, role=EventRole.LEADER,
        delegation=delegation, appointed_at=desk.AT,
        appointed_by=User.objects.create(username="who"),
    )  # fmt: skip
    return delegation, User.objects.create(username="leader", person=person)


def test_organizer_leader_and_bureau_print_slips_of_their_own(final, people, officer):
    release, skill, entries = final
    competition = skill.competition
    organizer = desk.make_user("org", competition.owner, OrganizationRole.ORGANIZER)
    delegation, leader = _leader(skill, people)
    desk.make_decision(release, skill, entries[0], people[0])
    pages = {
        organizer: reverse("organize_result_codes", args=[competition.code]),
        leader: reverse("delegation_result_codes", args=[delegation.pk]),
        officer: reverse("bureau_result_codes", args=[competition.code]),
    }
    listed = {organizer: 3, leader: 3, officer: 1}

    for user, page in pages.items():
        client = Client()
        client.force_login(user)
        shown = client.get(page)
        assert shown.content.decode().count('name="who"') == listed[user]
        slips = client.post(
            f"{page}slips/", {"who": [people[0].pk], "until": "2030-01-01"}
        )
        assert (slips.status_code, slips.content[:5]) == (200, b"%PDF-")
        assert "no-store" in slips["Cache-Control"]
    assert competition.result_codes.filter(revoked_at=None).count() == 1


def test_bureau_of_another_province_finds_nothing(final, people, officer):
    release, skill, entries = final
    desk.make_decision(release, skill, entries[0], people[0])
    other = desk.make_officer(desk.make_bureau("320000", "江苏省人社厅"), "su")
    client = Client()
    client.force_login(other)

    page = reverse("bureau_result_codes", args=[skill.competition.code])

    assert client.get(page).status_code == 404
    assert client.post(f"{page}slips/", {"who": [people[0].pk]}).status_code == 404


def test_slips_for_others_people_are_not_printed(final, people, officer):
    release, skill, entries = final
    desk.make_decision(release, skill, entries[0], people[0])
    client = Client()
    client.force_login(officer)
    page = reverse("bureau_result_codes", args=[skill.competition.code])

    client.post(f"{page}slips/", {"who": [people[1].pk], "until": "2030-01-01"})

    assert not skill.competition.result_codes.exists()
