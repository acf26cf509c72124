"""Paper that the judges signed: two people say so, of exactly what stands."""

import json

import pytest

from ledger.core.chain import skill_chain
from ledger.queries import events_of
from scoring.actions.paper_signing import accept_paper
from scoring.errors import ContentChanged, PaperRefused, PinWrong, SigningRefused
from scoring.models import PaperSignature
from scoring.queries.audit import differences
from scoring.queries.sheets import signing_digest
from tests.scoring.actions.test_keying import keyed
from tests.scoring.actions.test_printing import printed
from tests.scoring.contest import PIN, make_contest

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


@pytest.fixture
def contest():
    return make_contest(entries=1)


def accepted(contest, form, **changes):
    sheets = [row.sheet for row in form.rows.all()]
    facts = {
        "witness": contest.officer,
        "pin": PIN,
        "witness_pin": PIN,
        "digest": signing_digest(contest.skill, sheets, "judge"),
        "reference": "一号柜",
        "by": contest.chief,
        "at": contest.now(),
    }
    return accept_paper(form, **(facts | changes))


def keyed_paper(contest):
    (form,) = printed(contest, sheets=[contest.sheet(0, "A1")])
    keyed(contest, form, "1", "2", "2", "2")
    return form


def test_a_keyed_paper_counts_as_signed_by_its_judges(contest):
    form = keyed_paper(contest)

    signature = accepted(contest, form)

    sheet = contest.sheet(0, "A1")
    assert sheet.state == "judge-signed"
    assert sheet.signers == sorted(judge.pk for judge in contest.judges)
    kept = PaperSignature.objects.get(signature=signature)
    assert (kept.witness, kept.reference) == (contest.officer, "一号柜")
    body = json.loads(events_of(skill_chain(contest.skill.pk)).last().body)
    assert (body["role"], body["paper"], body["witness"]) == (
        "judge",
        [form.code],
        contest.officer.actor,
    )
    assert differences(contest.skill) == []


def test_the_chief_judge_signs_afterwards_as_always(contest):
    accepted(contest, keyed_paper(contest))

    contest.sign(contest.chief, "chief-judge", [contest.sheet(0, "A1")])

    assert contest.sheet(0, "A1").state == "chief-signed"


def test_a_filled_paper_counts_while_its_content_stands(contest):
    contest.fill(0)
    (form,) = printed(contest, sheets=[contest.sheet(0, "A1")], is_filled=True)
    assert accepted(contest, form).digest == form.digest


def test_a_filled_paper_whose_content_changed_does_not_count(contest):
    contest.fill(0)
    (form,) = printed(contest, sheets=[contest.sheet(0, "A1")], is_filled=True)
    contest.mark(0, 0, "A1.M1", "0")

    with pytest.raises(PaperRefused, match="不是从纸上录入"):
        accepted(contest, form)


def test_one_mark_from_a_tablet_and_the_judges_sign_on_the_tablet(contest):
    form = keyed_paper(contest)
    contest.mark(0, 0, "A1.J1", "3")

    with pytest.raises(PaperRefused, match="裁判须在平板上签名"):
        accepted(contest, form)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"pin": "000000"}, PinWrong),
        ({"witness_pin": "000000"}, PinWrong),
        ({"witness": None}, SigningRefused),
        ({"digest": "0" * 64}, ContentChanged),
    ],
)
def test_two_people_two_pins_and_what_was_shown(contest, changes, error):
    form = keyed_paper(contest)
    with pytest.raises(error):
        accepted(contest, form, **changes)
    assert contest.sheet(0, "A1").state == "complete"


def test_nobody_confirms_alone_or_in_a_role_they_lack(contest):
    form = keyed_paper(contest)
    with pytest.raises(SigningRefused, match="两人"):
        accepted(contest, form, witness=contest.chief)
    with pytest.raises(SigningRefused, match="由裁判长确认"):
        accepted(contest, form, by=contest.judges[0])
    with pytest.raises(SigningRefused, match="成绩管理员"):
        accepted(contest, form, witness=contest.judges[0])
