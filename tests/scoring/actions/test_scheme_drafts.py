"""Drafts of schemes: once sheets exist they are proposed, never simply put in force."""

import pytest

from scoring.actions.scheme_drafts import (
    adopt_draft,
    begin_draft,
    change_draft,
    drop_draft,
)
from scoring.errors import SchemeRefused
from scoring.models import SchemeDraft
from scoring.queries.schemes import scheme_of, state_of
from tests.scoring.contest import make_contest
from tests.scoring.versions import changed, propose

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


def reworded(scheme):
    return changed(scheme, A1_J1={"description": "外观质量"})


def begun(contest):
    return begin_draft(
        contest.skill,
        scheme=reworded(scheme_of(contest.skill)),
        source_name="",
        by=contest.organizer,
        at=contest.now(),
    )


def adopt(contest, draft):
    return adopt_draft(
        contest.skill, seen=draft.digest, by=contest.organizer, at=contest.now()
    )


def test_before_sheets_exist_a_draft_is_the_next_version():
    contest = make_contest(is_open=False)
    assert adopt(contest, begun(contest)).version == 2
    assert SchemeDraft.objects.count() == 0


def test_once_sheets_exist_a_draft_is_not_simply_put_in_force():
    contest = make_contest()
    draft = begun(contest)
    with pytest.raises(SchemeRefused) as refused:
        adopt(contest, draft)
    assert refused.value.code == "scheme-in-use"
    assert state_of(contest.skill).scheme.version == 1
    drop_draft(contest.skill, by=contest.organizer, at=contest.now())
    assert SchemeDraft.objects.count() == 0


def test_nothing_is_written_while_a_version_waits():
    contest = make_contest()
    proposal = propose(contest, reworded)
    with pytest.raises(SchemeRefused) as begin:
        begun(contest)
    with pytest.raises(SchemeRefused) as change:
        change_draft(
            contest.skill,
            scheme=scheme_of(contest.skill),
            seen=proposal.digest,
            by=contest.organizer,
            at=contest.now(),
        )
    assert (begin.value.code, change.value.code) == ("version-waits",) * 2
