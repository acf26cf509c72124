"""Printing: each paper its code, one event for all, blank or with what stands."""

import json

import pytest

from ledger.core.chain import skill_chain
from ledger.queries import events_of
from scoring.actions.printing import print_forms
from scoring.core.paper_codes import read_code
from scoring.errors import PaperRefused
from scoring.models import PaperForm, Sheet
from scoring.queries.sheets import signing_digest
from tests.scoring.contest import make_contest

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


@pytest.fixture
def contest():
    return make_contest(entries=3)


def printed(contest, layout="tall", *, is_filled=False, **more):
    sheets = more.pop("sheets", None) or list(Sheet.objects.filter(skill=contest.skill))
    return print_forms(
        contest.skill,
        sheets=sheets,
        layout=layout,
        is_filled=is_filled,
        by=contest.chief,
        at=contest.now(),
        **more,
    )


def on_paper(forms):
    """Sub-criterion, seat and workstations of each paper."""
    return [
        (
            form.sub_criterion.code,
            form.seat,
            [row.sheet.entry.code for row in form.rows.all()],
        )
        for form in forms
    ]


@pytest.mark.parametrize(
    ("layout", "more", "expected"),
    [
        ("tall", {}, [("A1", None, [c]) for c in ("01", "02", "03")]
         + [("B1", None, [c]) for c in ("01", "02", "03")]),
        ("wide-many", {}, [("A1", None, ["01", "02", "03"]),
                           ("B1", None, ["01", "02", "03"])]),
        ("tall-many", {"by_seat": True},
         [("A1", seat, ["01", "02", "03"]) for seat in (0, 1, 2, 3)]
         + [("B1", 0, ["01", "02", "03"])]),
    ],
)  # fmt: skip
def test_a_paper_for_each_sheet_each_panel_or_each_judge(
    contest, layout, more, expected
):
    assert on_paper(printed(contest, layout, **more)) == expected


def test_one_event_names_every_paper_its_sheets_and_versions(contest):
    sheet = contest.sheet(0, "A1")
    Sheet.objects.filter(pk=sheet.pk).update(version=2)

    (form,) = printed(contest, sheets=[sheet])

    event = events_of(skill_chain(contest.skill.pk)).last()
    assert (event.type, event.actor, event.seq, event.hash) == (
        "sheets-printed",
        contest.chief.actor,
        form.seq,
        form.event_hash,
    )
    assert json.loads(event.body) == {
        "forms": [
            {
                "code": form.code,
                "sub": "A1",
                "seat": None,
                "layout": "tall",
                "filled": False,
                "digest": form.digest,
                "sheets": [[sheet.pk, sheet.entry_id, "A1", 2]],
            }
        ]
    }
    assert read_code(form.code) == form.code
    assert [row.version for row in form.rows.all()] == [2]


def test_more_than_a_row_of_competitors_goes_on_a_further_paper():
    contest = make_contest(entries=7)

    forms = printed(contest, "tall-many")

    assert [len(codes) for _sub, _seat, codes in on_paper(forms)] == [6, 1, 6, 1]


def test_a_filled_paper_keeps_what_stood(contest):
    contest.fill(0, levels="122")
    sheet = contest.sheet(0, "A1")

    (form,) = printed(contest, sheets=[sheet], is_filled=True)
    contest.mark(0, 0, "A1.J1", "2")

    assert form.cells == {
        str(sheet.pk): [
            ["A1.J1", 1, "value", "1", ""],
            ["A1.J1", 2, "value", "2", ""],
            ["A1.J1", 3, "value", "2", ""],
            ["A1.M1", 0, "value", "1", ""],
        ]
    }
    assert form.digest != signing_digest(contest.skill, [sheet], "judge")


def test_a_sheet_still_being_marked_is_printed_blank_only(contest):
    contest.mark(0, 0, "A1.M1", "1")

    with pytest.raises(PaperRefused, match="01 A1 还没评完.*共 6 张"):
        printed(contest, is_filled=True)

    assert PaperForm.objects.count() == 0


def test_nothing_chosen_is_refused(contest):
    with pytest.raises(PaperRefused, match="没有选中"):
        print_forms(
            contest.skill,
            sheets=[],
            layout="tall",
            is_filled=False,
            by=contest.chief,
            at=contest.now(),
        )
