"""A sheet's rows: how each kind is answered, and which points are known beforehand."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from scoring.core.scheme import Aspect, Calculation, CalculationKind, MarkKind
from scoring.views import sheet_parts


def aspect(kind=MarkKind.MEASUREMENT, calculation=None, maximum="1.50", **more):
    return Aspect(
        code="B2.M3",
        kind=kind,
        maximum=Decimal(maximum),
        description="线管固定点间距",
        calculation=calculation or Calculation(),
        **more,
    )


COUNT = Calculation(CalculationKind.NUMBER_COMPLETED, (("NUM_POSSIBLE", "12"),))
CHOICE = Calculation(
    CalculationKind.CHOICE,
    (
        ("CHOICE1_LABEL", "没有"),
        ("CHOICE1_DEDUCTION", "0"),
        ("CHOICE2_LABEL", "一次"),
        ("CHOICE2_DEDUCTION", "0.5"),
    ),
)
DIFFERENCE = Calculation(CalculationKind.REGULAR_DIFFERENCE_DEDUCTION)


def view(of, state="open", **more):
    row = SimpleNamespace(
        aspect=of, number=3, seat=0, state="open", own=None, others=(), points=None
    )
    row.each = ()
    vars(row).update(more)
    sheet = SimpleNamespace(skill=None)
    return SimpleNamespace(
        state=state, is_read_only=False, aspects=(row,), sheet=sheet, sub=None
    )


@pytest.mark.parametrize(
    ("of", "control"),
    [
        (aspect(), "yes-no"),
        (aspect(calculation=COUNT), "count"),
        (aspect(calculation=CHOICE), "choice"),
        (aspect(calculation=DIFFERENCE), "value"),
        (aspect(MarkKind.JUDGEMENT, descriptors=("坏", "可", "好", "佳")), "level"),
        (aspect(MarkKind.PANEL), "value"),
        (aspect(MarkKind.IMPORTED), "value"),
    ],
)
def test_each_kind_has_its_control(of, control):
    assert sheet_parts.control_of(of) == control


def test_points_of_few_values_are_known_without_a_network():
    (part,) = sheet_parts.aspect_parts(view(aspect(calculation=COUNT)))

    assert (part.points["0"], part.points["9"], part.points["12"]) == (
        "0.00",
        "1.13",
        "1.50",
    )
    assert (part.largest, part.step, part.suffix) == ("12", "1", "/ 12")


def test_choice_says_what_each_answer_earns():
    (part,) = sheet_parts.aspect_parts(view(aspect(calculation=CHOICE)))

    assert [(choice.value, choice.label, choice.note) for choice in part.choices] == [
        ("1", "没有", "得 1.50"),
        ("2", "一次", "得 1.00"),
    ]


def test_level_shows_the_four_descriptors():
    judged = aspect(MarkKind.JUDGEMENT, descriptors=("坏", "可", "好", "佳"))

    (part,) = sheet_parts.aspect_parts(view(judged))

    assert [(choice.value, choice.note) for choice in part.choices] == [
        ("0", "坏"),
        ("1", "可"),
        ("2", "好"),
        ("3", "佳"),
    ]


def test_signed_sheet_and_foreign_seat_cannot_be_entered():
    (signed,) = sheet_parts.aspect_parts(view(aspect(), state="judge-signed"))
    (foreign,) = sheet_parts.aspect_parts(view(aspect(), seat=None))

    assert (signed.can_enter, foreign.can_enter) == (False, False)


@pytest.mark.parametrize(
    ("of", "state", "value", "text"),
    [
        (aspect(), "value", "1", "是"),
        (aspect(), "value", "0", "否"),
        (aspect(calculation=COUNT), "value", "9", "9 / 12"),
        (aspect(calculation=CHOICE), "value", "2", "一次"),
        (aspect(MarkKind.PANEL), "value", "8.5", "8.5"),
        (aspect(), "absent", "", "缺考"),
    ],
)
def test_mark_in_words(of, state, value, text):
    assert sheet_parts.value_text(of, state, value) == text


def test_colleagues_values_stay_hidden_until_the_query_gives_them():
    waiting = SimpleNamespace(seat=2, label="", is_in=True, state=None, value=None)

    now = sheet_parts.states_now(view(aspect(MarkKind.PANEL), others=(waiting,)))

    assert now["B2.M3"]["others"] == [{"seat": 2, "is_in": True, "value": None}]
