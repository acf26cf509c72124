"""A new version of a frozen scheme through its pages: preview, two persons, history."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from people.actions import set_pin
from scoring.core.scheme_text import canonical
from scoring.models import Result, SchemeDraft, SchemeProposal, Sheet
from scoring.queries.schemes import scheme_of
from scoring.workbooks import scheme_template
from tests.factories import AT, make_member, make_organization
from tests.scoring.contest import PIN, make_contest
from tests.scoring.points import publicise, publish, verify
from tests.scoring.versions import changed, confirm, maxima, propose

pytestmark = pytest.mark.django_db

REASON = "技术文件勘误第 2 号"


@pytest.fixture
def contest():
    contest = make_contest()
    contest.fill(0, levels="333")
    contest.fill(1, yes="1", levels="000")
    contest.fill(2, yes="0", levels="333")
    for entry in contest.entries:
        entry.refresh_from_db()
    set_pin(contest.organizer, pin=PIN, by=contest.organizer, at=AT)
    return contest


def address(contest, name):
    return f"/organize/skills/{contest.skill.pk}/scheme/{name}/"


def page(client, contest, name="preview"):
    return client.get(address(contest, name)).content.decode()


def upload(client, contest, scheme):
    """The organizer checks a workbook and takes it as the next version."""
    file = SimpleUploadedFile("勘误.xlsx", scheme_template(scheme))
    address = f"/organize/skills/{contest.skill.pk}/scheme/"
    checked = client.post(address, {"file": file}).content.decode()
    assert "导入为新版本，先预览" in checked
    token = re.search(r'name="token" value="([^"]+)"', checked)[1]
    return client.post(address, {"token": token})


def hidden(text, name):
    return re.search(rf'name="{name}" value="([^"]+)"', text)[1]


def moves(text):
    """The lines of the table of moved entries, by code."""
    part = text[text.index("成绩会怎样变") :]
    found = {}
    for row in re.findall(r"<tr><th scope=\"row\">工位 (\d+)</th><td>(.*?)</td>", part):
        found[row[0]] = re.findall(r"d-block\">(.*?)</span>", row[1])
    return found


def heavier(scheme):
    return changed(scheme, **maxima(A1_M1="10", A1_J1="80", B1_M1="10"))


def post(client, contest, seen, **more):
    facts = {"seen": seen, "reason": REASON, "secret": PIN, **more}
    return client.post(address(contest, "propose"), facts, follow=True)


def step(client, proposal, name, **facts):
    url = f"/organize/scheme-proposals/{proposal.pk}/{name}/"
    return client.post(url, facts, follow=True)


def test_two_people_take_a_workbook_into_force_and_the_preview_comes_true(
    client, contest
):
    client.force_login(contest.organizer)
    answer = upload(client, contest, heavier(scheme_of(contest.skill)))
    assert answer.url == address(contest, "preview")
    shown = page(client, contest)
    codes = [entry.code for entry in contest.entries]
    told = {
        codes[1]: ["名次：2 → 3", "总分：90.00 → 20.00"],
        codes[2]: ["名次：3 → 2", "总分：10.00 → 80.00"],
    }
    assert moves(shown) == told
    for text in ("评分点 A1.J1", "<td>10</td>", "<td>80</td>"):
        assert text in re.sub(r"<span class=\"d-block\">(.*?)</span>", r"\1", shown)
    post(client, contest, hidden(shown, "seen"))
    proposal = SchemeProposal.objects.get()
    assert (proposal.reason, proposal.source_name) == (REASON, "勘误.xlsx")
    assert "确认，启用第 2 版" not in page(client, contest)

    client.force_login(contest.chief)
    shown = page(client, contest)
    assert moves(shown) == told
    assert contest.entries[0].members.get().person.name not in shown
    done = step(
        client, proposal, "confirm", seen=hidden(shown, "seen"), secret=PIN
    ).content.decode()

    assert "第 2 版已启用" in done
    rows = Result.objects.filter(skill=contest.skill).order_by("entry_id")
    assert [(r.place, r.points_scaled) for r in rows] == [
        (1, 100_000_000), (3, 20_000_000), (2, 80_000_000)
    ]  # fmt: skip
    for text in ("第 2 版", "第 1 版", REASON, str(contest.chief), "勘误.xlsx"):
        assert text in done
    assert contest.mark(0, 0, "A1.M1", "0").code == ""


def test_the_organizer_writes_the_next_version_in_the_editor(client, contest):
    client.force_login(contest.organizer)
    start = f"/organize/skills/{contest.skill.pk}/scheme/begin/"
    assert client.post(start, {"source": "current"}).status_code == 302
    editor = client.get(address(contest, "edit")).content.decode()
    assert "预览新版本" in editor
    assert ">启用<" not in editor
    shown = page(client, contest)
    assert "和现行方案没有差别" in shown
    assert " disabled" in shown


def test_marks_that_do_not_fit_are_named_and_nothing_can_be_proposed(client, contest):
    client.force_login(contest.organizer)
    upload(client, contest, changed(scheme_of(contest.skill), A1_M1=None))
    shown = page(client, contest)
    assert "方案还要改" not in shown or "满分合计" in shown
    assert 'name="dropped" value="A1.M1"' in shown
    assert "3 个评分" in shown
    post(client, contest, hidden(shown, "seen"), dropped=["A1.M1"])
    assert SchemeProposal.objects.count() == 0


def test_the_secret_and_the_other_person_are_asked(client, contest):
    client.force_login(contest.organizer)
    upload(client, contest, heavier(scheme_of(contest.skill)))
    seen = hidden(page(client, contest), "seen")
    wrong = post(client, contest, seen, secret="000000").content.decode()
    assert "PIN 或密码不对" in wrong
    post(client, contest, seen)
    proposal = SchemeProposal.objects.get()
    mine = step(client, proposal, "confirm", seen="", secret=PIN).content.decode()
    assert "新版本要由提出人以外的人确认。" in mine
    client.force_login(contest.officer)
    stale = step(client, proposal, "confirm", seen="0", secret=PIN).content.decode()
    assert "内容在你看过之后有变动" in stale
    assert scheme_of(contest.skill).criteria[1].sub_criteria[0].aspects[0].maximum == 60


def test_a_withdrawn_proposal_goes_back_to_the_editor(client, contest):
    proposal = propose(contest, heavier)
    client.force_login(contest.organizer)
    assert "正等第二人确认" in client.get(address(contest, "edit")).content.decode()
    history = step(client, proposal, "withdraw").content.decode()
    assert "提出后撤回" in history
    assert SchemeDraft.objects.get().text == canonical(
        heavier(scheme_of(contest.skill))
    )


def test_after_a_release_names_and_the_release_are_shown(client, contest):
    contest.sign_all()
    verify(contest)
    publicise(contest)
    release = publish(contest)
    propose(contest, heavier)
    client.force_login(contest.officer)
    shown = page(client, contest)
    assert "启用后成绩退回实时状态" in shown
    assert contest.entries[1].members.get().person.name in shown
    assert release.number not in shown  # the same as against the results of now
    assert "奖项：银牌 → 铜牌" in shown
    assert Sheet.objects.filter(state="complete").count() == 0


def test_without_a_draft_the_preview_leads_to_the_versions(client, contest):
    client.force_login(contest.chief)
    answer = client.get(address(contest, "preview"))
    assert (answer.status_code, answer.url) == (302, address(contest, "versions"))


def test_an_unknown_step_and_strangers_find_nothing(client, contest):
    proposal = propose(contest, heavier)
    client.force_login(contest.organizer)
    assert step(client, proposal, "burn").status_code == 404
    client.force_login(make_member(make_organization(kinds=["organizer"]), "organizer"))
    assert step(client, proposal, "withdraw").status_code == 404
    assert client.get(address(contest, "preview")).status_code == 404
    assert client.get(address(contest, "versions")).status_code == 404
    client.force_login(contest.judges[0])
    assert step(client, proposal, "withdraw").status_code in (403, 404)


def test_the_history_costs_the_same_for_one_version_and_for_three(
    client, contest, django_assert_max_num_queries
):
    client.force_login(contest.organizer)
    counts = []
    for change in (heavier, lambda s: changed(s, A1_J1={"description": "外观质量"})):
        with django_assert_max_num_queries(40) as told:
            assert client.get(address(contest, "versions")).status_code == 200
        counts.append(len(told))
        confirm(contest, propose(contest, change))
    with django_assert_max_num_queries(40) as told:
        text = page(client, contest, "versions")
    assert counts == [len(told)] * 2
    assert text.count('id="version-') == 3
    assert "外观质量" in text
