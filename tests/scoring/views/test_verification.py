"""The pages of the check by sample: worklist, sheet, sign-off, rules, appeals."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from competitions.models import Appeal, Skill
from scoring.models import VerificationCheck, VerificationRule
from scoring.queries.verification import draw_of, worklist_of
from tests.factories import AT, make_user
from tests.scoring.contest import PIN, make_contest

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    made = make_contest(entries=4, is_sampled=True)
    for number, levels in enumerate(("333", "222", "111", "000")):
        made.fill(number, levels=levels)
    made.sign_all()
    return made


def text(answer):
    return answer.content.decode()


def sample(contest):
    return reverse("verify_sample", args=[contest.skill.pk])


def drawn(client, contest):
    client.force_login(contest.officer)
    client.post(sample(contest))
    return draw_of(contest.skill)


def look(client, line, **given):
    url = reverse("verify_sheet", args=[line.sheet.pk])
    return client.post(url, {"outcome": "right"} | given)


def test_the_officer_draws_looks_signs_and_verifies(client, contest):
    row = drawn(client, contest)
    page = text(client.get(sample(contest)))
    for line in worklist_of(row).lines:
        assert look(client, line).status_code == 302
    sign = reverse("verify_sign", args=[contest.skill.pk])
    client.post(sign, {"secret": PIN, "note": "逐项核对"})
    ready = text(client.get(sample(contest)))

    assert "背景资料，未核实" in page
    assert row.head[:4].upper() in page
    assert "已签名" in ready and "逐项核对" in ready
    verify = text(client.get(reverse("verify_skill", args=[contest.skill.pk])))
    assert "可以复核" in verify


def test_before_the_sample_verification_says_what_lacks(client, contest):
    client.force_login(contest.officer)
    page = text(client.get(reverse("verify_skill", args=[contest.skill.pk])))

    assert "还没有抽样复核" in page
    assert sample(contest) in page


def test_a_wrong_mark_leads_to_its_change_request(client, contest):
    row = drawn(client, contest)
    line = next(
        each for each in worklist_of(row).lines if each.sheet.sub_criterion.code == "A1"
    )
    answer = look(
        client, line,
        outcome="wrong", cell="A1.J1/2", value="1", words="抄错一格",
    )  # fmt: skip
    check = VerificationCheck.objects.get()
    where = reverse("change_request", args=[line.sheet.pk])

    assert answer.url.startswith(f"{where}?")
    assert f"reference=finding%3A{check.pk}" in answer.url
    assert (check.aspect, check.seat, check.value) == ("A1.J1", 2, "1")
    assert client.get(answer.url).status_code == 200
    assert draw_of(contest.skill).is_escalated
    assert "已转为全部复核" in text(client.get(sample(contest)))


def test_what_is_missing_in_a_finding_is_said(client, contest):
    row = drawn(client, contest)
    answer = look(client, worklist_of(row).lines[0], outcome="wrong", words="错")

    assert answer.status_code == 400
    assert "请选择有误的评分项" in text(answer)


def test_organizers_look_on_without_buttons(client, contest):
    row = drawn(client, contest)
    client.force_login(contest.organizer)
    line = worklist_of(row).lines[0]
    page = client.get(reverse("verify_sheet", args=[line.sheet.pk]))

    assert page.status_code == 200
    assert "记入后不能撤回" not in text(page)
    assert look(client, line).status_code == 400
    assert not VerificationCheck.objects.exists()


def test_strangers_find_nothing(client, contest):
    row = drawn(client, contest)
    stranger = make_contest(entries=1)
    for who in (stranger.officer, stranger.organizer):
        client.force_login(who)
        sheet = worklist_of(row).lines[0].sheet
        for url in (sample(contest), reverse("verify_sheet", args=[sheet.pk])):
            assert client.get(url).status_code == 404
    for who in (contest.judges[0], contest.chief, make_user()):
        client.force_login(who)
        assert client.post(sample(contest)).status_code in (403, 404)


def test_rules_are_set_with_their_source(client, contest):
    client.force_login(contest.organizer)
    url = reverse("organize_verification", args=[contest.skill.competition.code])
    given = {"is_required": "on", "top": "50", "sample": "20", "trigger": "2.5"}
    refused = client.post(url, given)
    kept = client.post(url, given | {"citation": "竞赛规程第八条"})

    assert refused.status_code == 400
    assert "写明依据的文件和条款" in text(refused)
    assert kept.status_code == 302
    row = VerificationRule.objects.get()
    assert (row.top, row.sample, row.trigger) == ("50", "20", "2.5")
    assert "竞赛规程第八条" in text(client.get(url))


def test_the_worklist_costs_the_same_for_any_field(client):
    def cost(entries):
        made = make_contest(entries=entries, is_sampled=True)
        for number in range(entries):
            made.fill(number)
        made.sign_all()
        drawn(client, made)
        client.get(sample(made))
        with CaptureQueriesContext(connection) as captured:
            client.get(sample(made))
        return len(captured)

    assert cost(2) == cost(5)


def appeal_of(contest):
    entry = contest.entries[0]
    return Appeal.objects.create(
        competition=contest.skill.competition,
        skill=contest.skill,
        delegation=entry.delegation,
        object_ref=f"competitions.entry:{entry.pk}",
        text="请求复量",
        lodged_by=contest.organizer,
        lodged_at=AT,
    )


def test_a_granted_appeal_leads_to_the_sheets_of_its_delegation(client, contest):
    appeal = appeal_of(contest)
    client.force_login(contest.officer)
    page = text(client.get(reverse("appeal_corrections", args=[appeal.pk])))

    assert f"reference=appeal:{appeal.pk}" in page
    assert page.count("选要更改的评定") == 2


def test_before_decode_nothing_leads_from_a_delegation_to_its_code(client, contest):
    appeal = appeal_of(contest)
    Skill.objects.filter(pk=contest.skill.pk).update(draw_levels=1)
    client.force_login(contest.officer)
    url = reverse("appeal_corrections", args=[appeal.pk])
    page = text(client.get(url))

    assert "解密以前" in page
    assert "选要更改的评定" not in page
    typed = text(client.get(url, {"code": contest.skill.entries.first().code}))
    assert typed.count("选要更改的评定") == 2
