"""Taking back steps that were taken together."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from awards.actions.entitlements import (
    advance_entitlement,
    advance_many,
    ask_withdrawal,
    undo_bulk,
)
from awards.errors import EntitlementRefused
from awards.models import EntitlementStep, Filing, MaterialTick
from tests.awards import desk
from tests.awards.actions.entitlements.scene import DAY, WAIVED, make_scene

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
AT = desk.AT


@pytest.fixture
def scene():
    return make_scene()


def _complete(scene):
    return advance_many(
        scene.rows, to="material-complete", reason=WAIVED, by=scene.officer, at=AT
    )


def _refused(scene, batch, *, by=None, at=AT):
    with pytest.raises(EntitlementRefused) as refused:
        undo_bulk(batch, by=by or scene.officer, at=at)
    return refused.value.code


def test_undo_restores_exactly(scene):
    def shapes():
        for row in scene.rows:
            row.refresh_from_db()
        return [
            (r.state, r.state_reason, r.changed_at, r.due_on, r.filing)
            for r in scene.rows
        ]

    before = shapes()
    step = _complete(scene)

    undo_bulk(step.batch, by=scene.officer, at=AT + timedelta(hours=1))

    assert shapes() == before
    assert not MaterialTick.objects.filter(withdrawn_at__isnull=True).exists()


def test_undone_filing_is_void(scene):
    _complete(scene)
    step = advance_many(scene.rows, to="filed", reason="1号", by=scene.officer, at=AT)

    undo_bulk(step.batch, by=scene.approver, at=AT)

    scene.grade.refresh_from_db()
    assert Filing.objects.get().voided_at == AT
    assert (scene.grade.state, scene.grade.filing) == ("material-complete", None)


def test_only_the_same_day(scene):
    step = _complete(scene)

    assert _refused(scene, step.batch, at=AT + timedelta(days=1)) == "day"


def test_only_who_did_it_or_an_approver(scene):
    step = _complete(scene)

    assert _refused(scene, step.batch, by=scene.clerk) == "person"
    assert len(undo_bulk(step.batch, by=scene.deputy, at=AT)) == 2


def test_not_after_one_of_them_went_further(scene):
    step = _complete(scene)
    advance_entitlement(scene.grade, to="filed", reason="", by=scene.clerk, at=AT)

    assert _refused(scene, step.batch) == "further"


def test_not_while_a_withdrawal_is_asked(scene):
    step = _complete(scene)
    ask_withdrawal(scene.title, kind="revoked", reason="更正", by=scene.clerk, at=AT)

    assert _refused(scene, step.batch) == "further"


def test_not_twice(scene):
    step = _complete(scene)
    undo_bulk(step.batch, by=scene.officer, at=AT)

    assert _refused(scene, step.batch) == "batch"


@pytest.mark.parametrize(
    "values", [{"reason": "另一个"}, {"after": "granted"}, {"on": DAY}]
)
def test_step_is_never_rewritten(scene, values):
    _complete(scene)

    with pytest.raises(DatabaseError), transaction.atomic():
        EntitlementStep.objects.update(**values)
