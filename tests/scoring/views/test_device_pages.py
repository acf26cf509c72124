"""The tablet wall, PIN slips and releases, and the chief judge's one list."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.actions import check_pin
from people.models import User
from people.pdf import pdf_problem
from scoring.actions import devices as actions
from scoring.actions.devices import Report, take_report
from scoring.models import Device
from tests.factories import make_appointment, make_person, make_skill, make_user
from tests.scoring.contest import make_contest

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    return make_contest()


def signed_in(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(contest, user, name):
    url = reverse(name, args=[contest.skill.competition.code])
    return signed_in(user).get(url)


def test_the_wall_shows_who_which_sheet_unsent_and_a_wrong_clock(contest):
    sheet = contest.sheet(0, "A1")
    at = contest.now()
    take_report(
        Report("C-1", "t1", {sheet.pk: 3}, clock=at.replace(year=at.year)),
        sheet=sheet,
        seat=1,
        secret="",
        by=contest.judges[0],
        at=at,
    )
    Device.objects.update(skew_ms=-90_000)

    text = page(contest, contest.organizer, "organize_device_wall").content.decode()

    code = sheet.entry.code
    for said in (str(contest.judges[0]), f"{code} A1", "3 条", "慢 90 秒", "没有登记"):
        assert said in text


@pytest.mark.parametrize("rows", [1, 4])
def test_the_wall_takes_the_same_queries_however_many_tablets(
    contest, rows, django_assert_num_queries
):
    for number in range(rows):
        actions.begin_enrolment(
            contest.skill.competition,
            name=f"平板 {number}",
            by=contest.organizer,
            at=contest.now(),
        )
    client = signed_in(contest.organizer)
    url = reverse("organize_device_wall", args=[contest.skill.competition.code])
    client.get(url)

    with django_assert_num_queries(6):
        client.get(url)


def test_the_chief_judge_manages_tablets_and_a_supervisor_only_watches(contest):
    person = make_person()
    supervisor = make_user(person=person)
    make_appointment(contest.skill, "supervisor", person, by=contest.organizer)
    actions.begin_enrolment(
        contest.skill.competition, name="平板 1", by=contest.chief, at=contest.now()
    )

    assert page(contest, contest.chief, "organize_devices").status_code == 200
    assert page(contest, supervisor, "organize_devices").status_code == 404
    watched = page(contest, supervisor, "organize_device_wall")
    assert watched.status_code == 200
    assert "停用" not in watched.content.decode()
    assert page(contest, contest.judges[0], "organize_devices").status_code == 404


def test_the_policy_is_the_organizers(contest):
    url = reverse("organize_device_policy", args=[contest.skill.competition.code])

    by_chief = signed_in(contest.chief).post(url, {"required": "yes"})
    signed_in(contest.organizer).post(url, {"required": "yes"})

    assert by_chief.status_code == 403
    assert contest.skill.competition.device_policy.is_required


def test_slips_are_a_file_with_new_pins_that_stand_nowhere_else(contest):
    if pdf_problem():
        pytest.skip("no Pango on this machine")
    url = reverse("organize_pin_slips", args=[contest.skill.competition.code])
    judge = contest.judges[0]
    before = judge.pin

    without = signed_in(contest.organizer).post(url, {"who": [judge.pk]})
    answer = signed_in(contest.organizer).post(
        url, {"who": [judge.pk, contest.judges[1].pk], "reason": "忘记"}
    )

    assert without.status_code == 302
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    assert answer.content.startswith(b"%PDF")
    row = User.objects.get(pk=judge.pk)
    assert (row.pin != before, row.pin_is_temporary) == (True, True)
    listed = page(contest, contest.organizer, "organize_pins").content.decode()
    assert "已发密封条，本人还没换" in listed


def test_a_lost_slip_is_void_as_soon_as_another_is_printed(contest, monkeypatch):
    judge = contest.judges[0]
    printed = []
    monkeypatch.setattr("scoring.views.pins.pdf_problem", lambda: "")
    monkeypatch.setattr(
        "scoring.views.pins.slips_pdf",
        lambda slips, at: printed.extend(slip.pin for slip in slips) or b"%PDF",
    )
    url = reverse("organize_pin_slips", args=[contest.skill.competition.code])
    for reason in ("开赛前一晚", "丢失"):
        data = {"who": [judge.pk], "reason": reason}
        assert signed_in(contest.organizer).post(url, data).status_code == 200

    at = timezone.now()
    judge.refresh_from_db()
    lost, valid = (check_pin(judge, pin=pin, at=at, device="d") for pin in printed)
    assert (lost, valid) == (False, True)


def test_the_slips_of_a_whole_skill_are_listed_alone_and_ticked(contest):
    other = make_skill(contest.skill.competition)
    person = make_person(name="罗别项")
    make_user(person=person)
    make_appointment(other, "judge", person, by=contest.organizer)
    User.objects.filter(pk=contest.judges[0].pk).update(pin="")
    url = reverse("organize_pins", args=[contest.skill.competition.code])
    ask = signed_in(contest.organizer).get

    alone = ask(url, {"skill": contest.skill.pk})
    every = ask(url, {"skill": "x"}).content.decode()

    assert "罗别项" in every
    assert "罗别项" not in alone.content.decode()
    ticked = [row["holder"].user for row in alone.context["rows"] if row["is_ticked"]]
    assert ticked == [contest.judges[0]]


def test_only_people_of_the_competition_get_slips_from_its_organizer(contest):
    other = make_contest()
    url = reverse("organize_pin_slips", args=[contest.skill.competition.code])

    answer = signed_in(contest.organizer).post(
        url, {"who": [other.judges[0].pk], "reason": "x"}
    )
    chief = signed_in(contest.chief).post(url, {"who": [contest.judges[0].pk]})

    assert (answer.status_code, chief.status_code) == (302, 403)
    assert not User.objects.filter(pin_is_temporary=True).exists()


def test_a_lock_is_lifted_on_the_page_by_two_persons(contest):
    judge, url = (
        contest.judges[0],
        reverse("organize_pin_release", args=[contest.skill.competition.code]),
    )
    for _try in range(5):
        check_pin(judge, pin="000001", at=timezone.now(), device="device:1")
    place = {"user": judge.pk, "device": "device:1", "reason": "手滑"}
    listed = page(contest, contest.organizer, "organize_pins").content.decode()
    signed_in(contest.organizer).post(url, place)
    again = signed_in(contest.organizer).post(url, place, follow=True)
    locked = check_pin(judge, pin="271828", at=timezone.now(), device="device:1")
    signed_in(contest.chief).post(url, place)

    assert "提出解除" in listed
    assert "要两个人" in again.content.decode()
    assert not locked
    assert check_pin(judge, pin="271828", at=timezone.now(), device="device:1")


def test_the_chief_judge_sees_everything_that_waits_in_one_list(contest):
    contest.judged(0, "A1.J1", "1", "3", "2")
    contest.mark(0, 0, "A1.M1", "", state="absent")
    sheet = contest.sheet(1, "A1")
    take_report(
        Report("C-1", "t1", {sheet.pk: 2}),
        sheet=None,
        seat=None,
        secret="",
        by=contest.judges[0],
        at=contest.now(),
    )

    answer = signed_in(contest.chief).get(
        reverse("chief_skill", args=[contest.skill.pk])
    )

    kinds = [item.kind for item in answer.context["waits"]]
    assert kinds == ["conflict", "unsent", "remark"]
    assert all(item.url for item in answer.context["waits"])
