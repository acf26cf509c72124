"""Steps, readiness and what blocks them."""

import pytest

from competitions.actions import (
    advance_phase,
    appoint,
    assign_codes,
    blockers,
    set_hosts,
    set_minimum_field,
)
from competitions.enums import Phase
from competitions.errors import PhaseRefused
from competitions.register import WARNING, readiness
from tests.factories import (
    AT,
    BY,
    make_appointment,
    make_competition,
    make_entry,
    make_organization,
    make_person,
    make_skill,
    make_user,
)

pytestmark = pytest.mark.django_db


def missing(competition, to):
    own = [
        item
        for item in blockers(competition, to=to, at=AT)
        if item.app == "competitions"
    ]
    return [item.code for item in own]


def step(competition, to, **facts):
    advance_phase(competition, to=to, by=BY, at=AT, **facts)


def test_a_new_competition_says_what_it_lacks_for_the_next_step():
    competition = make_competition(document_number="")

    assert missing(competition, Phase.FILED) == ["hosts", "document"]
    with pytest.raises(PhaseRefused, match="还差 2 项") as refused:
        step(competition, Phase.FILED)
    assert [item.code for item in refused.value.items] == ["hosts", "document"]


def test_a_competition_walks_to_its_first_day():
    competition = make_competition()
    set_hosts(competition, hosts=[(make_organization(), "host")], by=BY, at=AT)
    step(competition, Phase.FILED)
    assert missing(competition, Phase.ENTRY) == ["skills"]
    skill = make_skill(competition)
    step(competition, Phase.ENTRY)
    waiting = make_entry(skill, is_accepted=False)
    assert missing(competition, Phase.PREPARATION) == [
        "entries-waiting",
        "entries-none",
    ]
    waiting.state = "accepted"
    waiting.save()
    step(competition, Phase.PREPARATION)
    assert missing(competition, Phase.COMPETING) == [
        "judges",
        "chiefs",
        "supervisors",
        "codes",
    ]

    make_appointment(skill, "judge")
    make_appointment(skill, "chief-judge")
    appoint(competition, person=make_person(), role="supervisor", by=make_user(), at=AT)
    assign_codes(skill, by=BY, at=AT)

    assert missing(competition, Phase.COMPETING) == []


def test_a_light_contest_leaves_filing_out_with_a_reason():
    competition = make_competition(document_number="")
    make_skill(competition)

    with pytest.raises(PhaseRefused, match="原因"):
        step(competition, Phase.ENTRY)
    step(competition, Phase.ENTRY, reason="企业内部竞赛，不备案")

    assert competition.phase == Phase.ENTRY


def test_cancelling_needs_a_reason_and_no_readiness():
    competition = make_competition(document_number="")

    with pytest.raises(PhaseRefused):
        step(competition, Phase.CANCELLED)
    step(competition, Phase.CANCELLED, reason="主办方调整计划")

    competition.refresh_from_db()
    assert (competition.phase, competition.cancel_reason) == (
        "cancelled",
        "主办方调整计划",
    )


def test_a_field_too_small_is_a_warning_with_its_citation():
    competition = make_competition()
    make_entry(make_skill(competition, name="焊接"))
    set_minimum_field(competition, entries=10, citation="办法第八条", by=BY, at=AT)

    item = next(
        item
        for item in readiness.items(competition, AT)
        if item.code == "minimum-field"
    )

    assert (item.state, item.detail) == (WARNING, "焊接 1 个。办法第八条")
