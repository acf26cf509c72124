"""Who may sign what, what blocks a signature, and when sheets are closed for good."""

import pytest

from people.actions import set_pin
from scoring.actions import verify_results
from scoring.errors import ResultsRefused, SigningRefused
from scoring.models import Device, PanelSeat, Sheet
from scoring.queries.audit import differences
from scoring.queries.signatures import colleagues_due, due_rows, state_counts
from tests.factories import AT, make_appointment, make_person, make_user
from tests.scoring.contest import PIN, make_contest

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


@pytest.fixture
def contest():
    made = make_contest(entries=1)
    made.fill(0)
    return made


def supervisor_of(contest):
    person = make_person()
    user = make_user(person=person)
    make_appointment(contest.skill, "supervisor", person, by=contest.organizer)
    set_pin(user, pin=PIN, by=contest.organizer, at=AT)
    return user


def states(contest):
    return set(
        Sheet.objects.filter(skill=contest.skill).values_list("state", flat=True)
    )


def verify(contest):
    verify_results(contest.skill, note="", by=contest.officer, at=contest.now())


def test_verification_locks_what_was_signed(contest):
    contest.sign_all()

    verify(contest)

    assert states(contest) == {"locked"}
    assert differences(contest.skill) == []


def test_where_there_is_a_supervisor_nothing_is_verified_without_them(contest):
    supervisor = supervisor_of(contest)
    contest.sign_all()

    with pytest.raises(ResultsRefused, match="2 张评分表没有监督仲裁签名"):
        verify(contest)
    contest.sign(supervisor, "supervisor")
    assert states(contest) == {"supervised"}
    verify(contest)
    assert states(contest) == {"locked"}


def test_each_role_waits_for_the_one_before(contest):
    supervisor = supervisor_of(contest)
    for signer, role in ((supervisor, "supervisor"), (contest.chief, "chief-judge")):
        with pytest.raises(SigningRefused, match="还没到这一步"):
            contest.sign(signer, role)


def test_a_chief_judge_who_marked_signs_as_no_chief(contest):
    for judge in contest.judges:
        contest.sign(judge, "judge")
    PanelSeat.objects.filter(judge=contest.judges[0]).update(left_at=AT)
    person = contest.judges[0].person
    person.appointments.all().update(withdrawn_at=AT)
    make_appointment(contest.skill, "chief-judge", person, by=contest.organizer)

    with pytest.raises(SigningRefused, match="不能由一人兼任"):
        contest.sign(contest.judges[0], "chief-judge")


def test_a_tablet_that_holds_marks_of_a_sheet_stops_its_signature(contest):
    sheet, other = contest.sheet(0, "A1"), contest.sheet(0, "B1")
    device = Device.objects.create(
        competition=contest.skill.competition,
        name="平板 7",
        unsent={sheet.pk: 3},
        made_at=AT,
    )

    with pytest.raises(SigningRefused, match="平板 7 报告还有 3 条没有上传") as refused:
        contest.sign(contest.judges[0], "judge", [sheet])
    assert refused.value.code == "device-unsent"
    contest.sign(contest.judges[0], "judge", [other])
    device.revoked_at = AT
    device.save()
    contest.sign(contest.judges[0], "judge", [sheet])


def due(contest):
    return [(row.role, row.name, len(row.sheets)) for row in due_rows(contest.skill)]


def test_the_list_says_who_still_has_to_sign(contest):
    first, second, third = contest.judges
    supervisor = supervisor_of(contest)
    sheet = contest.sheet(0, "B1")
    contest.sign(first, "judge", [sheet])
    contest.sign(second, "judge")

    names = sorted(
        [("judge", str(first), 1), ("judge", str(third), 2)], key=lambda r: r[1]
    )
    assert due(contest) == names
    assert colleagues_due([contest.sheet(0, "B1")]) == [third]
    contest.sign(third, "judge")
    assert due(contest) == [
        ("judge", str(first), 1),
        ("chief-judge", str(contest.chief.person.name), 1),
    ]
    contest.sign(first, "judge", [contest.sheet(0, "A1")])
    contest.sign(contest.chief, "chief-judge")
    assert due(contest) == [("supervisor", str(supervisor.person.name), 2)]
    assert state_counts(contest.skill) == [("裁判长已签", 2)]


def test_due_rows_read_a_fixed_number_of_times(django_assert_max_num_queries):
    small, large = make_contest(entries=1), make_contest(entries=3)
    for contest, entries in ((small, 1), (large, 3)):
        for entry in range(entries):
            contest.fill(entry)
        with django_assert_max_num_queries(6):
            assert len(due_rows(contest.skill)) == 3
