"""The pages on which a signed mark is asked to be changed, decided about and entered."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from competitions.models import Appeal
from people.actions import set_pin
from scoring.models import ChangeRequest
from tests.factories import (
    AT,
    make_appointment,
    make_delegation,
    make_person,
    make_skill,
    make_user,
)
from tests.scoring.contest import PIN, make_contest

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest(monkeypatch):
    contest = make_contest(entries=2)
    contest.fill(0)
    contest.fill(1, levels="212")
    contest.sign_all()
    return contest


def form_of(contest, **changes):
    return {
        "value": "3",
        "state": "value",
        "reason": "entry",
        "text": "看错一级",
        "secret": PIN,
        **changes,
    }


def request_url(contest, query="aspect=A1.J1&seat=2"):
    return f"{reverse('change_request', args=[contest.sheet(1, 'A1').pk])}?{query}"


def ask(client, contest, by=None, query="aspect=A1.J1&seat=2", **changes):
    client.force_login(by or contest.judges[1])
    return client.post(request_url(contest, query), form_of(contest, **changes))


def step(client, who, word, **data):
    client.force_login(who)
    change = ChangeRequest.objects.latest("pk")
    return client.post(reverse("change_step", args=[change.pk, word]), data)


def page(client, who):
    client.force_login(who)
    change = ChangeRequest.objects.latest("pk")
    return client.get(reverse("change_page", args=[change.pk]))


def approve(client, contest, by=None, **more):
    shown = page(client, by or contest.chief)
    data = {"digest": shown.context["digest"], "secret": PIN, **more}
    return step(client, by or contest.chief, "approve", **data)


def test_from_the_sheet_over_the_request_to_the_new_version(client, contest):
    judge = contest.judges[1]
    client.force_login(judge)
    sheet_page = reverse("sheet_changes", args=[contest.sheet(1, "A1").pk])
    assert "seat=2" in client.get(sheet_page).content.decode()

    assert ask(client, contest).status_code == 302
    shown = page(client, contest.chief)
    assert shown.context["steps"] == {"approve", "reject"}
    assert "95.56 → <b>97.78</b>" in shown.content.decode()
    assert approve(client, contest).status_code == 302
    shown = page(client, judge)
    assert shown.context["steps"] == {"enter", "withdraw"}
    assert not shown.context["may_sign"]
    answer = step(client, judge, "enter", key=str(shown.context["key"]))

    assert answer.status_code == 302
    change = ChangeRequest.objects.get()
    assert (change.done_by, contest.sheet(1, "A1").version) == (judge, 2)
    versions = client.get(sheet_page).context["versions"]
    assert [(v["number"], len(v["signatures"])) for v in versions] == [(2, 0), (1, 4)]
    rows = client.get(sheet_page).context["rows"]
    values = [[value["text"] for value in row["values"]] for row in rows]
    assert values == [["是", "是"], ["2", "2"], ["3", "1"], ["2", "2"]]
    assert (
        reverse("judge_review", args=[contest.skill.pk])
        in page(client, judge).content.decode()
    )
    assert not page(client, contest.chief).context["may_sign"]


def test_the_same_entry_sent_twice_is_one_mark(client, contest):
    ask(client, contest)
    approve(client, contest)
    key = str(page(client, contest.judges[1]).context["key"])
    step(client, contest.judges[1], "enter", key=key)
    assert step(client, contest.judges[1], "enter", key=key).status_code == 302
    assert contest.sheet(1, "A1").version == 2


def test_officers_look_before_they_ask_and_judges_do_not(client, contest):
    looked = ask(client, contest, by=contest.chief, look="1", secret="")
    assert looked.status_code == 200
    assert looked.context["preview"]["points"] == ["35.56", "37.78"]
    tried = ask(client, contest, look="1")
    assert (tried.status_code, tried.context["preview"]) == (400, None)
    assert "97.78" not in tried.content.decode()
    assert not ChangeRequest.objects.exists()


def test_pages_show_codes_and_no_names_of_competitors(client, contest):
    ask(client, contest)
    body = page(client, contest.chief).content.decode()
    names = [m.person.name for entry in contest.entries for m in entry.members.all()]
    assert names
    assert [name for name in names if name in body] == []


def test_what_is_refused_is_said_on_the_page(client, contest):
    wrong = ask(client, contest, secret="000001")
    assert (wrong.status_code, ChangeRequest.objects.count()) == (400, 0)
    assert "PIN 或口令不对" in wrong.content.decode()
    ask(client, contest)
    own = step(client, contest.judges[1], "approve", secret=PIN)
    assert own.status_code == 409
    assert "不能批准自己的申请" in own.content.decode()
    other = step(client, contest.judges[0], "withdraw")
    assert other.status_code == 409
    stale = step(client, contest.chief, "approve", secret=PIN, digest="x")
    assert "影响有变" in stale.content.decode()
    assert step(client, contest.chief, "explode").status_code == 404
    assert step(client, contest.judges[1], "enter", key="x").status_code == 409


def test_a_password_proves_as_well_as_a_pin(client, contest):
    contest.officer.set_password("a long password")
    contest.officer.save()
    assert ask(client, contest, by=contest.officer, secret="a long password").url
    assert ChangeRequest.objects.get().requested_role == "results-officer"


def test_a_file_is_kept_and_given_back_as_a_download(client, contest):
    file = SimpleUploadedFile("记录.pdf", b"%PDF-1.7 x", "application/pdf")
    ask(client, contest, evidence=file)
    change = ChangeRequest.objects.get()
    client.force_login(contest.chief)
    answer = client.get(reverse("change_evidence", args=[change.pk]))
    assert (answer.content, answer["Content-Type"]) == (
        b"%PDF-1.7 x",
        "application/pdf",
    )
    assert answer["Content-Disposition"].startswith("attachment")
    assert (
        ask(
            client,
            contest,
            query="aspect=A1.J1&seat=1",
            evidence=SimpleUploadedFile("a.html", b"<p>"),
        ).status_code
        == 400
    )


def test_a_ruling_is_cited_by_its_reference(client, contest):
    person = make_person()
    supervisor = make_user(person=person)
    make_appointment(contest.skill, "supervisor", person, by=contest.organizer)
    set_pin(supervisor, pin=PIN, by=supervisor, at=AT)
    query = "aspect=A1.J1&seat=2&reference=appeal:12"
    ask(client, contest, by=supervisor, query=query, reason="ruling")
    assert ChangeRequest.objects.get().reference == "appeal:12"
    asked = reverse("change_page", args=[ChangeRequest.objects.get().pk])
    assert "申诉 12" in client.get(asked).content.decode()
    assert "appeal:12" not in client.get(asked).content.decode()
    bad = request_url(contest, "aspect=A1.J1&seat=2&reference=<b>")
    assert client.get(bad).context["reference"] == ""


def test_the_appeal_behind_a_change_is_linked_for_who_may_read_it(client, contest):
    person = make_person()
    supervisor = make_user(person=person)
    make_appointment(contest.skill, "supervisor", person, by=contest.organizer)
    set_pin(supervisor, pin=PIN, by=supervisor, at=AT)
    appeals = [
        Appeal.objects.create(
            competition=skill.competition,
            skill=skill,
            delegation=make_delegation(skill.competition),
            object_ref=f"competitions.skill:{skill.pk}",
            text="x",
            lodged_by=supervisor,
            lodged_at=AT,
        )
        for skill in (contest.skill, make_skill())
    ]
    seen = []
    for appeal, entry in zip(appeals, (0, 1), strict=True):
        url = reverse("change_request", args=[contest.sheet(entry, "A1").pk])
        query = f"?aspect=A1.J1&seat=2&reference=appeal:{appeal.pk}"
        client.force_login(supervisor)
        client.post(url + query, form_of(contest, reason="ruling"))
        link = reverse("organize_appeal", args=[appeal.pk])
        for reader in (supervisor, contest.judges[1]):
            seen.append(link in page(client, reader).content.decode())

    assert ChangeRequest.objects.count() == 2
    assert seen == [True, False, False, False]


def test_rejected_with_a_reason(client, contest):
    ask(client, contest)
    assert step(client, contest.chief, "reject", text="").status_code == 409
    assert step(client, contest.chief, "reject", text="无误").status_code == 302
    assert "不批准" in page(client, contest.judges[1]).content.decode()


def test_strangers_find_nothing(client, contest):
    ask(client, contest)
    change = ChangeRequest.objects.get()
    other = make_contest(entries=1)
    for user in (other.judges[0], other.chief, other.officer, other.organizer):
        client.force_login(user)
        for url in (
            request_url(contest),
            reverse("sheet_changes", args=[contest.sheet(1, "A1").pk]),
            reverse("change_page", args=[change.pk]),
            reverse("change_evidence", args=[change.pk]),
            reverse("skill_changes", args=[contest.skill.pk]),
        ):
            assert client.get(url).status_code in (403, 404)


def test_the_log_lists_what_waits_and_all_and_downloads(client, contest):
    ask(client, contest)
    client.force_login(contest.chief)
    url = reverse("skill_changes", args=[contest.skill.pk])
    answer = client.get(url)
    assert len(answer.context["waiting"]) == len(answer.context["rows"]) == 1
    client.force_login(contest.organizer)
    assert client.get(url).context["waiting"] == []
    file = client.get(reverse("skill_changes_file", args=[contest.skill.pk]))
    lines = file.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("序号,工位,子项,评分点,席位,原值,新值,原因,状态")
    assert lines[1].split(",")[1:9] == [
        "02",
        "A1",
        "A1.J1",
        "A2",
        "1",
        "3",
        "录入错误",
        "待批准",
    ]


@pytest.mark.parametrize("who", ["chief", "organizer"])
def test_the_log_takes_as_many_queries_for_three_as_for_one(client, contest, who):
    url = reverse("skill_changes", args=[contest.skill.pk])

    def asked(seat):
        ask(client, contest, query=f"aspect=A1.J1&seat={seat}", by=contest.officer)
        client.force_login(getattr(contest, who))
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            rows = client.get(url).context["rows"]
        return len(rows), len(queries)

    one = asked(1)
    asked(2)
    three = asked(3)
    assert (one[0], three[0]) == (1, 3)
    assert three[1] == one[1]
