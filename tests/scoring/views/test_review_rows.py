"""The review before signing hides nothing: what is missing is bad, what is lost is red."""

from decimal import Decimal
from types import SimpleNamespace

from scoring.core.scheme import Aspect, Calculation, CalculationKind, MarkKind
from scoring.views.review_rows import review_sheet

DEDUCTED = Calculation(
    CalculationKind.CHOICE,
    (
        ("CHOICE1_LABEL", "没有"),
        ("CHOICE2_LABEL", "一次"),
        ("CHOICE2_DEDUCTION", "0.5"),
    ),
)


def row(number, kind=MarkKind.MEASUREMENT, own=None, **more):
    aspect = Aspect(
        code=f"B2.M{number}",
        kind=kind,
        maximum=Decimal("1.50"),
        description="安全违规",
        calculation=more.pop("calculation", Calculation()),
    )
    mark = own and SimpleNamespace(state="value", value=own, remark="")
    found = {"state": "scored", "own": mark, "others": (), "points": None, **more}
    return SimpleNamespace(aspect=aspect, number=number, **found)


def sheet(*rows):
    entry = SimpleNamespace(code="07")
    sub = SimpleNamespace(code="B2", name="线管敷设")
    model = SimpleNamespace(pk=4, entry=entry, sub_criterion=sub, signers=[])
    model.points_scaled = 0
    facts = {"panel": "B", "state": "complete", "signed": (), "aspects": rows}
    return SimpleNamespace(sheet=model, **facts)


def shown(view, role="judge"):
    return [
        (line.value, line.points, line.bad, line.minus)
        for line in review_sheet(view, role, 1).rows
    ]


def test_missing_and_conflicting_rows_are_bad():
    judged = row(2, MarkKind.JUDGEMENT, own="1", state="conflict")

    assert shown(sheet(row(1, state="open"), judged)) == [
        ("未评", "", True, False),
        ("分差待议，1", "签名后合计", True, False),
    ]


def test_deduction_is_marked_with_what_it_took():
    deducted = row(7, own="2", points="1.00", calculation=DEDUCTED)

    assert shown(sheet(deducted)) == [("一次", "1.00，扣 0.50", False, True)]


def test_chief_judge_sees_every_seat_and_a_missing_one_is_bad():
    others = (
        SimpleNamespace(seat=1, is_in=True, state="value", value="2"),
        SimpleNamespace(seat=2, is_in=False, state=None, value=None),
    )
    judged = row(4, MarkKind.JUDGEMENT, others=others)

    assert shown(sheet(judged), "chief-judge") == [("2、未评", "", True, False)]


def test_first_missing_row_has_its_address():
    found = review_sheet(sheet(row(1, own="1"), row(2, state="open")), "judge", 1)

    assert (found.missing, found.missing_url) == (1, "/judge/sheets/4/#a2")
