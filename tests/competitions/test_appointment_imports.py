"""Appointments from a workbook: read by row, refused by row, written whole."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from competitions.actions.appointment_imports import import_appointments
from competitions.appointment_sheets import appointments_template, read_appointments
from competitions.enums import EventRole
from competitions.models import Appointment
from people.models import Person
from tests.factories import (
    AT,
    identity_number,
    make_competition,
    make_delegation,
    make_entry,
    make_member,
    make_organization,
    make_person,
    make_skill,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    owner = make_organization(kinds=["organizer"], region="510000")
    organizer = make_member(owner, "organizer")
    competition = make_competition(owner)
    return make_skill(competition, number="01"), organizer


def line(number, role="裁判员", **cells):
    return {
        "skill": "01",
        "role": role,
        "name": f"裁判{number}",
        "identity_number": identity_number(f"{1970 + number}0307"),
        "organization": f"单位{number}",
    } | cells


def imported(scene, *rows, dry=False):
    skill, organizer = scene
    content = appointments_template(rows)
    reading = read_appointments(content, filename="聘任.xlsx", on=AT.date())
    return import_appointments(
        skill.competition, reading=reading, by=organizer, at=AT, is_dry_run=dry
    )


def codes(outcome):
    return [(problem.row, problem.code) for problem in errors(outcome)]


def errors(outcome):
    """What forbids the import; regions of the tests' documents are only warned about."""
    return [found for found in outcome.problems if found.severity == "error"]


def test_a_whole_file_is_written_and_a_second_time_changes_nothing(scene):
    rows = [
        line(1, "裁判长"),
        line(2),
        line(3, "替补裁判"),
        line(4, "见习"),
        line(5, "成绩管理", skill=""),
    ]
    first, again = imported(scene, *rows), imported(scene, *rows)

    assert (errors(first), first.appointed, first.known) == ([], 5, 0)
    assert (again.appointed, again.known) == (0, 5)
    held = Appointment.objects.order_by("pk").values_list("role", "skill__number")
    assert list(held) == [
        (EventRole.CHIEF_JUDGE, "01"),
        (EventRole.JUDGE, "01"),
        (EventRole.RESERVE, "01"),
        (EventRole.TRAINEE, "01"),
        (EventRole.RESULTS_OFFICER, None),
    ]


def test_a_dry_run_finds_the_same_and_keeps_nothing(scene):
    outcome = imported(scene, line(1), line(2), dry=True)

    assert (outcome.appointed, outcome.is_written) == (2, False)
    assert (Appointment.objects.count(), Person.objects.count()) == (0, 0)


def test_a_conflict_of_interest_is_named_by_row_and_stops_the_file(scene):
    skill, _organizer = scene
    unit = make_organization(name="同一单位")
    make_entry(skill, members=[make_person(organization=unit)])

    outcome = imported(scene, line(1), line(2, organization="同一单位"))

    (problem,) = errors(outcome)
    assert (problem.row, problem.code) == (3, "same-organization")
    assert "同一单位" in problem.message
    assert Appointment.objects.count() == 0


def test_a_judge_proposed_by_a_delegation_with_an_entry_is_refused(scene):
    skill, _organizer = scene
    delegation = make_delegation(skill.competition)
    make_entry(skill, delegation=delegation)

    outcome = imported(scene, line(1, delegation=delegation.name))

    assert codes(outcome) == [(2, "same-delegation")]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"role": "嘉宾"}, "unknown-role"),
        ({"skill": "77"}, "unknown-skill"),
        ({"skill": ""}, "skill-missing"),
        ({"delegation": "无此队"}, "unknown-delegation"),
        ({"role": "领队", "skill": ""}, "delegation-missing"),
        ({"name": ""}, "empty-cell"),
        ({"identity_kind": "图书证"}, "unknown-word"),
        ({"identity_number": "12"}, "identity-form"),
    ],
)
def test_what_does_not_fit_is_named_by_row(scene, cells, code):
    outcome = imported(scene, line(1) | cells)

    assert (2, code) in codes(outcome)
    assert not outcome.is_written


def test_roles_that_exclude_each_other_are_found_within_the_file(scene):
    person = line(1)
    outcome = imported(scene, person, person | {"role": "监督仲裁"})
    assert codes(outcome) == [(3, "two-roles")]


def test_the_same_row_twice_is_named(scene):
    row = line(1)
    assert codes(imported(scene, row, row)) == [(3, "appointed-twice")]


def test_the_page_checks_first_and_then_appoints(client, scene):
    skill, organizer = scene
    client.force_login(organizer)
    url = reverse("organize_import_appointments", args=[skill.competition.code])
    row = line(1)
    content = appointments_template([row])

    checked = client.post(url, {"file": SimpleUploadedFile("聘任.xlsx", content)})
    before = Appointment.objects.count()
    done = client.post(url, {"token": checked.context["token"]})

    page = checked.content.decode()
    assert ("裁判1" in page, row["identity_number"] in page) == (True, False)
    assert (before, Appointment.objects.count()) == (0, 1)
    assert done.headers["Location"].endswith("/appointments/")
    template = client.get(
        reverse("organize_appointments_template", args=[skill.competition.code])
    )
    assert template.status_code == 200


def test_a_file_with_an_error_offers_no_appointment(client, scene):
    skill, organizer = scene
    client.force_login(organizer)
    url = reverse("organize_import_appointments", args=[skill.competition.code])
    content = appointments_template([line(1, skill="77")])

    checked = client.post(url, {"file": SimpleUploadedFile("聘任.xlsx", content)})

    assert "token" not in checked.context
    assert "77" in checked.content.decode()
