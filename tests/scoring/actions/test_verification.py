"""The check by sample: one draw from the head, looks, escalation, sign-off."""

from decimal import Decimal

import pytest

from ledger.core.chain import skill_chain
from ledger.queries import body_of, events_of, head_of
from scoring.actions import verify_results
from scoring.actions.verification import (
    Finding,
    check_sheet,
    draw_verification,
    set_verification_rules,
    sign_verification,
)
from scoring.core.verification import DEFAULT, SampleRules
from scoring.errors import PinWrong, ResultsRefused, VerificationRefused
from scoring.models import Result, Sheet, VerificationDraw
from scoring.queries.rebuilding import differences
from scoring.queries.second_opinion import opinion_differences
from scoring.queries.verification import (
    draw_of,
    rules_in_force,
    sample_blockers,
    worklist_of,
)
from tests.factories import PASSWORD
from tests.scoring.contest import PIN, make_contest

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
LEVELS = ("333", "332", "322", "222", "221", "211", "111", "110", "100", "000")


def marked(entries=10):
    contest = make_contest(entries=entries, is_sampled=True)
    for number in range(entries):
        contest.fill(number, levels=LEVELS[number])
    contest.sign_all()
    return contest


@pytest.fixture
def signed():
    return marked()


def draw(contest):
    return draw_verification(contest.skill, by=contest.officer, at=contest.now())


def look(contest, row, sheet, **finding):
    return check_sheet(
        row, sheet=sheet, finding=Finding(**finding), by=contest.officer,
        at=contest.now(),
    )  # fmt: skip


def look_at_all(contest, row):
    for line in worklist_of(draw_of(contest.skill)).open_lines:
        look(contest, row, line.sheet)


def sign(contest, row, **more):
    values = {"secret": PIN, "note": "无误", "by": contest.officer} | more
    sign_verification(row, at=contest.now(), **values)


def verify(contest):
    verify_results(contest.skill, note="", by=contest.officer, at=contest.now())


def kinds(contest):
    rows = events_of(skill_chain(contest.skill.pk)).values_list("type", flat=True)
    return [kind for kind in rows if kind.startswith("verif")]


def refusal(act, *args, **kwargs):
    with pytest.raises(VerificationRefused) as refused:
        act(*args, **kwargs)
    return refused.value.code


def test_verification_waits_for_draw_looks_and_signature(signed):
    with pytest.raises(ResultsRefused, match="还没有抽样复核"):
        verify(signed)
    row = draw(signed)
    with pytest.raises(ResultsRefused, match="还有 10 张评分表没有核对"):
        verify(signed)
    look_at_all(signed, row)
    with pytest.raises(ResultsRefused, match="还没有签名"):
        verify(signed)
    sign(signed, row)
    verify(signed)

    assert sample_blockers(signed.skill) == []
    assert kinds(signed) == [
        "verification-drawn",
        *["verification-checked"] * 10,
        "verification-signed",
        "verify",
    ]
    assert differences(signed.skill) == opinion_differences(signed.skill) == []


def test_the_draw_names_the_head_before_it(signed):
    chain = skill_chain(signed.skill.pk)
    head = head_of([chain])[chain]
    row = draw(signed)
    event = events_of(chain).last()

    assert (row.seq, row.head) == (head.seq, head.hash)
    assert (event.seq, event.prev) == (head.seq + 1, head.hash)
    assert body_of(event) == {
        "seq": head.seq,
        "head": head.hash,
        "rules": {"top": "30", "sample": "15", "trigger": "5", "with_close": False},
        "away": {},
        "entries": row.entries,
    }
    assert [why for _entry, why in row.entries] == ["top"] * 3 + ["sample"] * 2
    best = [str(entry.pk) for entry in signed.entries[:3]]
    assert [entry for entry, _why in row.entries[:3]] == best


def test_it_is_drawn_once_and_not_before_everything_is_signed():
    contest = make_contest(entries=2, is_sampled=True)
    contest.fill(0)
    assert refusal(draw, contest) == "not-ready"
    contest.fill(1)
    contest.sign_all()
    draw(contest)

    assert refusal(draw, contest) == "already-drawn"


def test_only_the_results_officer_draws_looks_and_signs(signed):
    for stranger in (signed.judges[0], signed.chief, signed.organizer):
        refused = refusal(draw_verification, signed.skill, by=stranger, at=signed.now())
        assert refused == "not-your-role"
    row = draw(signed)
    look_at_all(signed, row)
    refused = refusal(sign, signed, row, by=signed.organizer, secret=PASSWORD)
    assert refused == "not-your-role"


def test_a_wrong_pin_signs_nothing(signed):
    row = draw(signed)
    look_at_all(signed, row)
    with pytest.raises(PinWrong):
        sign(signed, row, secret="000001")

    assert VerificationDraw.objects.get().signed_at is None


def test_one_wrong_entry_of_five_puts_all_on_the_list(signed):
    row = draw(signed)
    first = worklist_of(row).lines[0].sheet
    look(
        signed, row, first,
        outcome="wrong", aspect="A1.J1", seat=2, value="2", words="抄错一格",
    )  # fmt: skip
    row = draw_of(signed.skill)
    last = body_of(events_of(skill_chain(signed.skill.pk)).last())

    assert row.is_escalated
    assert [why for _entry, why in row.entries] == (
        ["top"] * 3 + ["sample"] * 2 + ["all"] * 5
    )
    assert (last["escalated"], last["wrong"], last["drawn"]) == (True, 1, 5)
    assert len(worklist_of(row).lines) == 20


def test_at_the_trigger_nothing_widens(signed):
    rules = SampleRules(Decimal(30), Decimal(15), Decimal(20))
    set_verification_rules(
        signed.skill.competition,
        rules=rules,
        is_required=True,
        citation="竞赛规程第八条",
        reason="",
        by=signed.organizer,
        at=signed.now(),
    )
    row = draw(signed)
    sheet = worklist_of(row).lines[0].sheet
    look(
        signed, row, sheet,
        outcome="wrong", aspect="A1.J1", seat=1, value="0", words="抄错",
    )  # fmt: skip

    assert not draw_of(signed.skill).is_escalated  # 1 of 5 is exactly 20 %


def test_a_wrong_mark_waits_for_the_next_version_of_its_sheet(signed):
    row = draw(signed)
    sheet = worklist_of(row).lines[0].sheet
    look(
        signed, row, sheet,
        outcome="wrong", aspect="A1.J1", seat=1, value="1", words="看错",
    )  # fmt: skip
    look_at_all_but(signed, row, sheet)
    assert refusal(sign, signed, row) == "not-ready"
    Sheet.objects.filter(pk=sheet.pk).update(version=2)
    sheet.refresh_from_db()
    look(signed, row, sheet)
    sign(signed, row)

    verify(signed)
    assert worklist_of(draw_of(signed.skill)).wrong == 1


def test_who_comes_into_the_top_share_by_a_correction_is_checked_too(signed):
    row = draw(signed)
    drawn = {int(entry) for entry, _why in row.entries}
    other = next(entry for entry in signed.entries if entry.pk not in drawn)
    look_at_all(signed, row)
    Result.objects.filter(entry=other).update(place=1)
    assert refusal(sign, signed, row) == "not-ready"
    look_at_all(signed, row)
    sign(signed, row)

    assert draw_of(signed.skill).entries[-1] == [str(other.pk), "moved"]
    assert kinds(signed).count("verification-extended") == 1


def look_at_all_but(contest, row, sheet):
    for line in worklist_of(draw_of(contest.skill)).open_lines:
        if line.sheet.pk != sheet.pk:
            look(contest, row, line.sheet)


def test_a_sheet_changed_after_the_signature_is_looked_at_again(signed):
    row = draw(signed)
    look_at_all(signed, row)
    sign(signed, row)
    sheet = worklist_of(row).lines[0].sheet
    Sheet.objects.filter(pk=sheet.pk).update(version=2)
    with pytest.raises(ResultsRefused, match="还有 1 张评分表"):
        verify(signed)
    look_at_all(signed, row)
    with pytest.raises(ResultsRefused, match="还没有签名"):
        verify(signed)
    sign(signed, row)
    verify(signed)


@pytest.mark.parametrize(
    ("finding", "code"),
    [
        ({"outcome": "wrong", "words": "错"}, "cell-missing"),
        ({"outcome": "wrong", "aspect": "A1.J1", "seat": 9, "words": "错"}, "cell-missing"),
        ({"outcome": "wrong", "aspect": "A1.J1", "seat": 1, "words": "错"}, "value-missing"),
        (
            {"outcome": "wrong", "aspect": "A1.J1", "seat": 1, "value": "4", "words": "错"},
            "value-refused",
        ),
        ({"outcome": "remark"}, "words-missing"),
        ({"outcome": "right", "words": "长" * 501}, "words-too-long"),
    ],
)  # fmt: skip
def test_a_finding_says_which_cell_and_what_it_should_be(signed, finding, code):
    row = draw(signed)
    sheet = worklist_of(row).lines[0].sheet

    assert refusal(look, signed, row, sheet, **finding) == code


def test_a_sheet_that_was_not_drawn_is_not_looked_at(signed):
    row = draw(signed)
    drawn = {int(entry) for entry, _why in row.entries}
    other = Sheet.objects.exclude(entry__in=drawn).select_related("sub_criterion")

    assert refusal(look, signed, row, other[0]) == "not-drawn"


def test_after_verification_nothing_more_is_looked_at(signed):
    row = draw(signed)
    look_at_all(signed, row)
    sign(signed, row)
    verify(signed)
    sheet = worklist_of(row).lines[0].sheet

    assert refusal(look, signed, row, sheet) == "verified"


def test_waiving_needs_a_reason_and_other_shares_a_citation():
    contest = make_contest(is_sampled=True)
    competition = contest.skill.competition
    values = {
        "is_required": True,
        "rules": DEFAULT,
        "citation": "",
        "reason": "",
        "by": contest.organizer,
        "at": contest.now(),
    }
    waived = values | {"is_required": False}
    assert refusal(set_verification_rules, competition, **waived) == "reason-missing"
    rules = SampleRules(Decimal(50), Decimal(10), Decimal(2), with_close=True)
    changed = values | {"rules": rules}
    assert refusal(set_verification_rules, competition, **changed) == (
        "citation-missing"
    )
    set_verification_rules(competition, **changed | {"citation": "规程第八条"})

    found = rules_in_force(competition)
    assert (found.rules, found.citation, found.is_default) == (
        rules,
        "规程第八条",
        False,
    )


@pytest.mark.parametrize(
    ("tier", "expected"),
    [
        ("world", True),
        ("national", True),
        ("provincial", True),
        ("municipal", False),
        ("enterprise", False),
        ("school", False),
    ],
)
def test_tiers_ask_for_it_by_default(tier, expected):
    contest = make_contest(is_sampled=True)
    contest.skill.competition.tier = tier

    assert rules_in_force(contest.skill.competition).is_required is expected
