"""Which step may follow which."""

import pytest

from competitions.core import phases
from competitions.core.phases import Phase


@pytest.mark.parametrize(
    ("current", "to", "with_reason", "may"),
    [
        ("draft", "filed", False, True),
        ("draft", "entry", False, False),
        ("draft", "entry", True, True),  # 备案 may be left out
        ("entry", "competing", True, True),
        ("entry", "verification", True, False),  # competing may not
        ("verification", "final", True, True),
        ("verification", "final", False, False),
        ("competing", "entry", True, False),  # never back
        ("final", "archived", False, True),
        ("archived", "final", True, False),
        ("entry", "cancelled", True, True),
        ("entry", "cancelled", False, False),
        ("final", "cancelled", True, False),
        ("cancelled", "draft", True, False),
    ],
)
def test_may_go(current, to, with_reason, may):
    assert phases.may_go(current, to, with_reason=with_reason) is may


def test_the_phases_stand_in_order():
    assert [phases.next_phase(phase) for phase in (Phase.DRAFT, Phase.PUBLICITY)] == [
        Phase.FILED,
        Phase.FINAL,
    ]
    assert phases.next_phase(Phase.ARCHIVED) is None
    assert phases.next_phase(Phase.CANCELLED) is None


def test_steps_between_leave_out_the_first_and_hold_the_last():
    assert phases.steps_between("entry", "competing") == (
        Phase.PREPARATION,
        Phase.COMPETING,
    )
    assert phases.is_reached("entry", "competing")
    assert not phases.is_reached("final", "competing")
