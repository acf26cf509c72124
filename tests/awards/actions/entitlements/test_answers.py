"""The authority's answer, and what it puts into a person's file."""

from datetime import timedelta

import pytest

from awards.actions.entitlements import (
    advance_many,
    answer_many,
    deliver_many,
    record_answer,
    undo_bulk,
)
from awards.errors import EntitlementRefused
from awards.models import Entitlement, EntitlementStep
from ledger.core.chain import bureau_chain
from ledger.queries import events_of
from people.models import GradeHeld, ProfessionalTitle, TitleHeld
from tests.awards import desk
from tests.awards.actions.entitlements.scene import DAY, WAIVED, make_scene

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
AT = desk.AT
NUMBER = "Y000151000001261000001"


@pytest.fixture
def scene():
    found = make_scene()
    who = {"by": found.officer, "at": AT}
    advance_many(found.rows, to="material-complete", reason=WAIVED, **who)
    advance_many(found.rows, to="filed", reason="上报1号", **who)
    return found


def _answer(scene, row, verdict="granted", **changes):
    values = {"document": "批复1号", "answered_on": DAY, **changes}
    return record_answer(row, verdict=verdict, by=scene.officer, at=AT, **values)


def test_granted_grade_enters_the_file_dated_by_its_paper(scene):
    _answer(scene, scene.grade)

    fact = GradeHeld.objects.get()
    assert (fact.person, fact.grade, fact.certificate_number, fact.issued_on) == (
        scene.grade.person, 5, "", DAY
    )  # fmt: skip
    assert (fact.evidence, fact.occupation_code) == ("批复1号", "6-18-02-04")


def test_certificate_number_is_kept_as_given(scene):
    _answer(scene, scene.grade, certificate_number=NUMBER, issued_on=DAY)

    fact = GradeHeld.objects.get()
    assert (fact.certificate_number, fact.issuer_kind) == (NUMBER, "Y")


@pytest.mark.parametrize("number", ["Y123", "Y000151000001262000001"])
def test_wrong_certificate_number_refuses_the_whole_answer(scene, number):
    with pytest.raises(EntitlementRefused) as refused:
        _answer(scene, scene.grade, certificate_number=number)

    scene.grade.refresh_from_db()
    assert refused.value.code == "register"
    assert (scene.grade.state, GradeHeld.objects.count()) == ("filed", 0)


def test_grade_of_an_unknown_occupation_is_granted_and_not_entered(scene):
    skill = scene.grade.decision.skill
    skill.occupation_code = ""
    skill.save()

    row = _answer(scene, scene.grade)

    assert (row.state, GradeHeld.objects.count()) == ("granted", 0)


def test_title_that_is_held_already_is_not_entered_twice(scene):
    TitleHeld.objects.create(
        person=scene.title.person, title=scene.title.value, evidence="另一文件",
        recorded_by="user:1", recorded_at=AT,
    )  # fmt: skip

    _answer(scene, scene.title)

    assert TitleHeld.objects.get().evidence == "另一文件"


@pytest.mark.parametrize(
    ("mode", "titles"), [("授予", ["广西五一劳动奖章"]), ("申报", [])]
)
def test_honour_is_a_title_only_where_it_is_conferred(scene, mode, titles):
    row = scene.title
    row.kind, row.value = "labour-medal", "广西五一劳动奖章"
    row.decision.detail["mode"] = mode
    row.decision.save()
    row.state = "filed"
    row.save()

    _answer(scene, row)

    assert list(TitleHeld.objects.values_list("title", flat=True)) == titles


def test_professional_title_is_entered_where_it_is_named(scene):
    row = scene.title
    Entitlement.objects.filter(pk=row.pk).update(kind="title-application")

    _answer(scene, row, professional_title="工程师", professional_level="intermediate")

    held = ProfessionalTitle.objects.get()
    assert (held.name, held.level, held.acquired_on) == ("工程师", "intermediate", DAY)


def test_same_answer_again_changes_nothing(scene):
    _answer(scene, scene.grade, source="workbook")
    chain = bureau_chain(scene.bureau.pk)
    before = (EntitlementStep.objects.count(), events_of(chain).count())

    again = _answer(scene, scene.grade, source="workbook")

    assert again.state == "granted"
    assert (EntitlementStep.objects.count(), events_of(chain).count()) == before
    assert GradeHeld.objects.count() == 1


@pytest.mark.parametrize(
    "other",
    [
        {"document": "批复2号"},
        {"verdict": "refused", "reason": "缺件"},
        {"answered_on": DAY - timedelta(days=1)},
    ],
)
def test_other_answer_is_refused_by_name(scene, other):
    _answer(scene, scene.grade)

    with pytest.raises(EntitlementRefused) as refused:
        _answer(scene, scene.grade, **other)

    assert refused.value.code == "answered"
    assert "批复1号" in refused.value.message


@pytest.mark.parametrize("days", [-1, 1])
def test_day_of_an_answer_is_neither_before_the_filing_nor_to_come(scene, days):
    with pytest.raises(EntitlementRefused) as refused:
        _answer(scene, scene.grade, answered_on=DAY + timedelta(days=days))

    assert refused.value.code == "date"


def test_many_are_answered_at_once_and_taken_back_together(scene):
    who = {"by": scene.officer, "at": AT}
    step = answer_many(
        scene.rows, verdict="granted", document="批复1号", answered_on=DAY, **who
    )
    granted = (GradeHeld.objects.count(), TitleHeld.objects.count())

    undo_bulk(step.batch, **who)

    states = {Entitlement.objects.get(pk=row.pk).state for row in scene.rows}
    facts = [GradeHeld.objects.get(), TitleHeld.objects.get()]
    assert granted == (1, 1)
    assert states == {"filed"}
    assert all(fact.withdrawn_at == AT for fact in facts)


def test_delivery_is_not_before_the_grant(scene):
    _answer(scene, scene.grade)
    early = DAY - timedelta(days=1)

    step, refused = deliver_many(
        [scene.grade], delivered_on=early, document="签领单", by=scene.officer, at=AT
    )

    assert (step.moved, [r.code for r in refused.values()]) == ([], ["date"])
