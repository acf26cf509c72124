"""What each audience gets of a board, and that it costs the same for any field."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from competitions.actions import draw_codes, record_printed
from scoring.actions import freeze_board, open_marking
from scoring.queries.boards import board_view, board_views
from tests.factories import AT, make_appointment, make_entry, make_person, make_user
from tests.scoring.contest import make_contest

pytestmark = pytest.mark.django_db
EVERYBODY = ("public", "hall", "judges", "organizers")


@pytest.fixture
def contest():
    contest = make_contest(entries=3, facts={"public_from": "on-entry"})
    contest.skill.competition.phase = "competing"
    contest.skill.competition.save()
    return contest


def shown(view):
    return [(row.label, row.place, row.points) for row in view.rows]


def test_before_the_first_mark_the_board_is_empty_but_there(contest):
    view = board_view(contest.skill, "public", AT)
    assert (view.state, view.sheets_done, view.sheets_total) == ("none", 0, 6)
    assert shown(view) == [("01", None, None), ("02", None, None), ("03", None, None)]


def test_running_boards_show_codes_and_points_but_not_to_judges(contest):
    contest.mark(0, 1, "B1.M1", "1")
    contest.mark(0, 0, "A1.M1", "1")

    views = board_views(contest.skill, EVERYBODY, AT)

    expected = [("02", 1, "60.00"), ("01", 2, "30.00"), ("03", None, None)]
    assert shown(views["public"]) == shown(views["organizers"]) == expected
    assert shown(views["judges"]) == [(code, None, None) for code in ("01", "02", "03")]
    assert views["public"].rows[0].modules == (0, 2)
    assert {row.unit for row in views["public"].rows} == {""}


def test_a_frozen_board_stands_still_for_the_public_only(contest):
    contest.mark(0, 0, "A1.M1", "1")
    freeze_board(contest.skill, by=contest.organizer, at=contest.now())
    contest.mark(0, 1, "B1.M1", "1")

    views = board_views(contest.skill, EVERYBODY, AT)

    assert views["public"].state == "frozen"
    assert shown(views["public"])[0] == ("01", 1, "30.00")
    assert views["public"].sheets_done == 0
    assert shown(views["organizers"])[0] == ("02", 1, "60.00")
    assert (views["organizers"].state, views["organizers"].public_frozen) == (
        "live",
        True,
    )


def test_drafts_have_no_public_board(contest):
    contest.skill.competition.phase = "draft"
    views = board_views(contest.skill, EVERYBODY, AT)
    assert (views["public"], views["hall"]) == (None, None)
    assert views["organizers"] is not None


def test_encrypted_entries_stay_nameless_until_decode():
    contest = make_contest(entries=0, is_open=False, facts={"public_from": "on-entry"})
    contest.skill.draw_levels = 1
    contest.skill.save()
    contest.entries = [make_entry(contest.skill) for _number in range(3)]
    person = make_person()
    officer = make_user(person=person)
    make_appointment(contest.skill, "draw-officer", person, by=contest.organizer)
    draw = draw_codes(contest.skill, level=1, seed="314", by=officer, at=AT)
    record_printed(draw, by=officer, at=AT)
    open_marking(contest.skill, by=contest.organizer, at=AT)
    contest.skill.competition.phase = "competing"
    contest.mark(0, 0, "A1.M1", "1")

    hidden = board_view(contest.skill, "public", AT)
    contest.skill.board_naming = "aliases"
    aliases = board_view(contest.skill, "public", AT)
    contest.skill.decoded_at = contest.now()

    codes = {entry.code for entry in contest.skill.entries.all()}
    assert (hidden.naming, hidden.rows, hidden.note) == (
        "progress",
        (),
        "解密前只公布进度",
    )
    assert aliases.naming == "aliases"
    assert not codes & {row.label for row in aliases.rows}


def test_a_board_costs_the_same_for_any_field():
    def cost(entries):
        contest = make_contest(entries=entries)
        contest.skill.competition.phase = "competing"
        contest.mark(0, 0, "A1.M1", "1")
        board_views(contest.skill, EVERYBODY, AT)
        with CaptureQueriesContext(connection) as captured:
            board_views(contest.skill, EVERYBODY, AT)
        return len(captured)

    assert cost(1) == cost(3)
