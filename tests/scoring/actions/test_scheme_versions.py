"""A frozen scheme's next version: two people, its effects, and both calculations."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import transaction

from competitions.enums import EntryState
from ledger.actions import EventDraft, append
from ledger.core.chain import competition_chain, skill_chain
from ledger.queries import events_of
from scoring.actions import scheme_versions
from scoring.actions.penalties import impose_penalty
from scoring.actions.results import verify_results
from scoring.actions.scheme_versions import withdraw_version
from scoring.bundle import bundle_of
from scoring.core.scheme import Criterion, Rounding, SubCriterion
from scoring.core.scheme_text import parse
from scoring.errors import PinWrong, SchemeRefused
from scoring.models import Mark, Result, SchemeDraft, SchemeProposal, Sheet
from scoring.queries.rebuilding import differences
from scoring.queries.results import result_state_of
from scoring.queries.schemes import scheme_of, state_of
from scoring.queries.second_opinion import opinion_differences
from scoring.shadow.verify_bundle import verify
from tests.factories import make_member
from tests.scoring.contest import make_contest
from tests.scoring.core.schemes import measurement, panel, worldskills_type
from tests.scoring.points import publicise, publish
from tests.scoring.versions import changed, confirm, maxima, preview, propose

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


@pytest.fixture
def contest():
    """Three entries, all marked: 100, 66.67 and 33.33 of 100 points."""
    contest = make_contest()
    contest.fill(0, levels="333")
    contest.fill(1, yes="1", levels="000")
    contest.fill(2, yes="0", levels="333")
    for entry in contest.entries:
        entry.refresh_from_db()
    return contest


def heavier(scheme):
    """The judged aspect is worth more, the two measured ones less."""
    return changed(scheme, **maxima(A1_M1="10", A1_J1="80", B1_M1="10"))


def table(contest):
    rows = Result.objects.filter(skill=contest.skill).order_by("entry_id")
    return [(row.place, row.award, str(row.points_scaled)) for row in rows]


def agree(contest):
    return (differences(contest.skill), opinion_differences(contest.skill)) == ([], [])


def told(correction):
    return {
        entry.code: {line.label: (line.before, line.after) for line in entry.lines}
        for entry in correction.entries
    }


def moved(contest, before):
    """What really moved, in the words of the preview."""
    found = {}
    rows = Result.objects.filter(skill=contest.skill).order_by("entry__code")
    for row, old in zip(rows.select_related("entry"), before, strict=True):
        lines = {}
        if row.place != old.place:
            lines["名次"] = (str(old.place), str(row.place))
        if row.points_scaled != old.points_scaled:
            lines["总分"] = (points(old), points(row))
        if lines:
            found[row.entry.code] = lines
    return found


def points(row):
    return str(Decimal(row.points_scaled) / 10**6 + Decimal("0.00"))


def stored(contest):
    return list(Result.objects.filter(skill=contest.skill).order_by("entry__code"))


def test_a_version_moves_exactly_what_its_preview_said(contest):
    before = stored(contest)
    proposal = propose(contest, heavier)
    rehearsal, seen = preview(contest, proposal)
    assert table(contest) == [
        (1, "", "100000000"), (2, "", "90000000"), (3, "", "10000000")
    ]  # fmt: skip

    row = confirm(contest, proposal, seen=seen)

    assert table(contest) == [
        (1, "", "100000000"), (3, "", "20000000"), (2, "", "80000000")
    ]  # fmt: skip
    assert told(rehearsal.now) == moved(contest, before)
    assert (row.version, row.frozen_at is not None) == (2, True)
    assert agree(contest)


def test_the_event_tells_the_whole_text_and_both_people(contest):
    proposal = propose(contest, heavier)
    row = confirm(contest, proposal)
    event = events_of(skill_chain(contest.skill.pk)).get(type="scheme-version")
    assert event.actor == contest.chief.actor
    assert json.loads(event.body) == {
        "version": 2,
        "digest": row.digest,
        "text": row.text,
        "base": proposal.base,
        "reason": "技术文件勘误第 2 号",
        "proposed_by": contest.organizer.actor,
        "removed": [],
    }
    assert parse(row.text) == scheme_of(contest.skill)
    proposal.refresh_from_db()
    assert (proposal.scheme, proposal.confirmed_by) == (row, contest.chief)


def test_signatures_are_void_only_where_the_sheet_changed(contest):
    contest.sign_all()
    proposal = propose(contest, lambda s: changed(s, A1_J1={"description": "外观质量"}))
    confirm(contest, proposal)
    rows = Sheet.objects.order_by("sub_criterion__code", "entry_id")
    found = rows.values_list("sub_criterion__code", "state", "version")
    assert list(found) == [
        ("A1", "complete", 2), ("A1", "complete", 2), ("A1", "complete", 2),
        ("B1", "chief-signed", 1), ("B1", "chief-signed", 1), ("B1", "chief-signed", 1),
    ]  # fmt: skip
    assert agree(contest)


def test_rounding_is_part_of_every_sheet(contest):
    contest.sign_all()
    rough = Rounding(aspect=0)
    confirm(contest, propose(contest, lambda s: replace(s, rounding=rough)))
    assert set(Sheet.objects.values_list("state", flat=True)) == {"complete"}
    assert agree(contest)


def test_a_new_sub_criterion_gets_its_sheets(contest):
    def more(scheme):
        sub = SubCriterion("C1", "收尾", 2, (panel("C1.P1", "10"),))
        lighter = changed(scheme, **maxima(B1_M1="50"))
        return replace(
            lighter, criteria=(*lighter.criteria, Criterion("C", "收尾", (sub,)))
        )

    confirm(contest, propose(contest, more))

    sheets = Sheet.objects.filter(sub_criterion__code="C1")
    assert [(s.state, s.cells, s.seats) for s in sheets] == [("open", 3, [1, 2, 3])] * 3
    contest.judged(0, "C1.P1", "5", "6", "7")
    assert agree(contest)


def test_a_dropped_aspect_takes_its_marks_along_once_they_are_agreed(contest):
    def less(scheme):
        return changed(scheme, A1_M1=None, **maxima(A1_J1="40"))

    with pytest.raises(SchemeRefused) as refused:
        propose(contest, less)
    assert refused.value.code == "marks-removed"
    assert "A1.M1（3）" in refused.value.message
    SchemeDraft.objects.all().delete()

    confirm(contest, propose(contest, less, dropped=["A1.M1"]))

    assert not Mark.objects.filter(code="A1.M1").exists()
    assert Mark.objects.filter(code="A1.J1").count() == 9
    event = events_of(skill_chain(contest.skill.pk)).get(type="scheme-version")
    entries = [entry.pk for entry in contest.entries]
    assert json.loads(event.body)["removed"] == [
        [entries[0], "A1", "A1.M1", 0, "value", "1"],
        [entries[1], "A1", "A1.M1", 0, "value", "1"],
        [entries[2], "A1", "A1.M1", 0, "value", "0"],
    ]
    assert agree(contest)


def test_a_dropped_sub_criterion_takes_its_sheets_along(contest):
    def less(scheme):
        first = changed(scheme, **maxima(A1_M1="90")).criteria[0]
        return replace(scheme, criteria=(first,), ties=())

    confirm(contest, propose(contest, less, dropped=["B1.M1"]))
    assert set(Sheet.objects.values_list("sub_criterion__code", flat=True)) == {"A1"}
    assert agree(contest)


def test_a_dropped_and_readded_code_has_no_old_marks(contest):
    def less(scheme):
        return changed(scheme, A1_M1=None, **maxima(A1_J1="40"))

    def again(scheme):
        first, second = scheme.criteria
        (sub,) = first.sub_criteria
        new = replace(sub, aspects=(*sub.aspects, measurement("A1.M2", "10")))
        lighter = changed(
            replace(scheme, criteria=(first, second)), **maxima(B1_M1="50")
        )
        first = replace(first, sub_criteria=(new,))
        return replace(lighter, criteria=(first, lighter.criteria[1]))

    confirm(contest, propose(contest, less, dropped=["A1.M1"]))
    confirm(contest, propose(contest, again))
    codes = [
        a.code for a in scheme_of(contest.skill).criteria[0].sub_criteria[0].aspects
    ]
    assert codes == ["A1.J1", "A1.M2"]
    assert agree(contest)


def test_values_that_no_longer_fit_stand_in_the_way():
    scheme = changed(
        worldskills_type(),
        A1_M1={"calculation": measurement(kind="DIRECT").calculation},
    )
    contest = make_contest(scheme, entries=2)
    contest.mark(0, 0, "A1.M1", "30")
    contest.mark(0, 1, "A1.M1", "5")
    with pytest.raises(SchemeRefused) as refused:
        propose(contest, lambda s: changed(s, **maxima(A1_M1="20", B1_M1="70")))
    assert refused.value.code == "marks-misfit"
    assert "A1.M1 有 1 个评分（30）超过 20" in refused.value.message
    assert SchemeProposal.objects.count() == 0


def test_verified_results_fall_back_and_the_next_release_supersedes(contest):
    contest.sign_all()
    verify_results(contest.skill, note="", by=contest.officer, at=contest.now())
    publicise(contest)
    first = publish(contest)
    proposal = propose(contest, heavier)
    rehearsal, seen = preview(contest, proposal)
    codes = [entry.code for entry in contest.entries]
    assert told(rehearsal.now) == {
        codes[2]: {
            "名次": ("3", "2"),
            "奖项": ("铜牌", "银牌"),
            "总分": ("10.00", "80.00"),
        }
        | told(rehearsal.now)[codes[2]],
        codes[1]: {
            "名次": ("2", "3"),
            "奖项": ("银牌", "铜牌"),
            "总分": ("90.00", "20.00"),
        }
        | told(rehearsal.now)[codes[1]],
    }

    confirm(contest, proposal, seen=seen)
    assert result_state_of(contest.skill) == "provisional"
    assert agree(contest)
    contest.sign_all()
    verify_results(contest.skill, note="", by=contest.officer, at=contest.now())
    publicise(contest)
    second = publish(contest)

    assert second.supersedes.get().release == first
    awards = [e["award"] for e in json.loads(second.text)["skills"][0]["entries"]]
    assert awards == ["金牌", "银牌", "铜牌"]
    for release in (first, second):
        found = verify(bundle_of(release))
        assert (found["release"], found["entries"]) == (release.number, 3)


def test_a_disqualified_entry_stays_in_both_calculations(contest):
    gone = contest.entries[0]
    gone.state = EntryState.CANCELLED
    gone.save(update_fields=["state"])
    body = {"entry": gone.pk, "from": "accepted", "to": "cancelled", "reason": "作弊"}
    with transaction.atomic():
        chain = competition_chain(contest.skill.competition_id)
        draft = EventDraft("entry-moved", body)
        append(chain, [draft], actor=contest.organizer.actor, at=contest.now())
    impose_penalty(
        contest.entries[1], value=Decimal(1), is_percent=False, clause="5", reason="迟到",
        by=contest.chief, at=contest.now(),
    )  # fmt: skip
    confirm(contest, propose(contest, heavier))
    rows = Result.objects.filter(skill=contest.skill).order_by("entry_id")
    assert [(row.standing, row.place) for row in rows] == [
        ("disqualified", None), ("ranked", 2), ("ranked", 1)
    ]  # fmt: skip
    assert agree(contest)


def test_nobody_confirms_their_own_proposal_nor_without_the_role(contest):
    proposal = propose(contest, heavier)
    other = make_member(contest.skill.competition.owner, "organizer")
    for by, code in (
        (contest.organizer, "same-person"),
        (contest.judges[0], "not-your-role"),
    ):
        with pytest.raises(SchemeRefused) as refused:
            confirm(contest, proposal, by=by)
        assert refused.value.code == code
    with pytest.raises(PinWrong):
        confirm(contest, proposal, secret="000000")
    with pytest.raises(PinWrong):
        confirm(contest, proposal, by=other, secret="")
    assert state_of(contest.skill).scheme.version == 1
    confirm(contest, proposal, by=contest.officer)
    with pytest.raises(SchemeRefused) as late:
        confirm(contest, proposal)
    assert late.value.code == "not-waiting"


def test_what_was_not_shown_is_not_confirmed(contest):
    contest.sign_all()
    verify_results(contest.skill, note="", by=contest.officer, at=contest.now())
    proposal = propose(contest, heavier)
    with pytest.raises(SchemeRefused) as refused:
        confirm(contest, proposal, seen="0" * 64)
    assert refused.value.code == "moved"


def test_marks_entered_after_the_proposal_on_what_goes_stop_it(contest):
    contest.mark(0, 2, "A1.M1", "")
    proposal = propose(
        contest,
        lambda s: changed(s, A1_M1=None, **maxima(A1_J1="40")),
        dropped=["A1.M1"],
    )
    contest.mark(0, 2, "A1.M1", "1")
    with pytest.raises(SchemeRefused) as refused:
        confirm(contest, proposal)
    assert refused.value.code == "marks-moved"


def test_a_withdrawn_proposal_is_written_on(contest):
    proposal = propose(contest, heavier)
    with pytest.raises(SchemeRefused) as waits:
        propose(contest, heavier)
    assert waits.value.code == "version-waits"
    withdraw_version(proposal, by=contest.organizer, at=contest.now())
    assert SchemeDraft.objects.get().text == proposal.text
    with pytest.raises(SchemeRefused) as late:
        withdraw_version(proposal, by=contest.organizer, at=contest.now())
    assert late.value.code == "not-waiting"


@pytest.mark.parametrize(
    ("change", "more", "code"),
    [
        (heavier, {"reason": " "}, "reason-missing"),
        (lambda s: s, {}, "no-change"),
        (lambda s: changed(s, **maxima(A1_M1="31")), {}, "scheme-not-ready"),
    ],
)
def test_a_bad_proposal_is_refused(contest, change, more, code):
    with pytest.raises(SchemeRefused) as refused:
        propose(contest, change, **more)
    assert refused.value.code == code
    assert SchemeProposal.objects.count() == 0


def test_the_wrong_secret_proposes_nothing(contest):
    with pytest.raises(PinWrong):
        propose(contest, heavier, secret="000000")
    assert SchemeProposal.objects.count() == 0


def test_a_scheme_not_in_use_needs_no_proposal():
    contest = make_contest(is_open=False)
    with pytest.raises(SchemeRefused) as refused:
        propose(contest, heavier)
    assert refused.value.code == "not-in-use"


def test_a_request_to_change_a_mark_is_settled_first(contest, monkeypatch):
    monkeypatch.setattr(scheme_versions, "pending_of", lambda skill, at: 2)
    with pytest.raises(SchemeRefused) as refused:
        propose(contest, heavier)
    assert refused.value.code == "changes-pending"
