"""A signed mark is changed after the release: from the finding to the next release."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from awards.actions.certificates import issue_certificates
from awards.models import Certificate
from scoring.actions.change_checks import Wanted
from scoring.actions.changes import approve_change, request_change
from scoring.actions.releases import publish_release
from scoring.actions.results import verify_results
from scoring.bundle import bundle_of
from scoring.errors import ResultsRefused
from scoring.models import Result
from scoring.queries.boards import board_view
from scoring.queries.changes import preview_digest
from scoring.queries.corrections import corrections_in
from scoring.queries.overview import frozen_skills, overview
from scoring.queries.rebuilding import differences
from scoring.queries.results import current_release, result_state_of
from scoring.queries.second_opinion import opinion_differences
from scoring.shadow.verify_bundle import verify
from tests.scoring.contest import PIN, make_contest
from tests.scoring.points import publicise

pytestmark = pytest.mark.django_db
FINDING = Wanted(
    "A1.M1",
    0,
    "0",
    reason="finding",
    text="复核照片：焊缝没有满焊",
    reference="finding:1",
)


@pytest.fixture
def contest():
    contest = make_contest(entries=3, facts={"phase": "competing"})
    for entry, levels in enumerate(("333", "332", "222")):
        contest.fill(entry, levels=levels)
    contest.sign_all()
    return contest


@pytest.fixture
def publish(contest, django_capture_on_commit_callbacks):
    def run():
        verify_results(contest.skill, note="", by=contest.officer, at=contest.now())
        publicise(contest)
        with django_capture_on_commit_callbacks(execute=True):
            release = publish_release(
                contest.skill.competition,
                skills=[contest.skill],
                by=contest.organizer,
                at=contest.now(),
            )
        issue_certificates(release, by=contest.organizer, at=contest.now())
        return release

    return run


def table(contest):
    rows = Result.objects.filter(skill=contest.skill).order_by("entry_id")
    return [(row.place, row.award) for row in rows]


def change(contest):
    asked = request_change(
        contest.sheet(0, "A1"),
        wanted=FINDING,
        secret=PIN,
        by=contest.officer,
        at=contest.now(),
    )
    return approve_change(
        asked,
        digest=preview_digest(asked.preview),
        secret=PIN,
        by=contest.chief,
        at=contest.now(),
    )


def board(contest):
    """What the public board is called, and its places and points."""
    view = board_view(contest.skill, "public", contest.now())
    return view.state, [(row.place, row.points) for row in view.rows]


def agree(contest):
    return (differences(contest.skill), opinion_differences(contest.skill)) == ([], [])


def sign_again(contest):
    sheets = [contest.sheet(0, "A1")]
    for judge in contest.judges:
        contest.sign(judge, "judge", sheets)
    contest.sign(contest.chief, "chief-judge", [contest.sheet(0, "A1")])


def told_by(release):
    """What a release says it changed, in the words of a preview."""
    (correction,) = corrections_in(release)
    return [
        {
            "entry": entry.entry,
            "code": entry.code,
            "lines": [[line.label, line.before, line.after] for line in entry.lines],
        }
        for entry in correction.entries
    ]


def test_the_medal_moves_with_the_next_release_as_the_preview_said(contest, publish):
    first = publish()
    shown = board(contest)
    assert table(contest) == [(1, "金牌"), (2, "银牌"), (3, "铜牌")]
    papers = {paper.entry_id: paper for paper in Certificate.objects.all()}
    assert len(papers) == 3

    approved = change(contest)
    preview = approved.preview
    assert table(contest) == [(1, "金牌"), (2, "银牌"), (3, "铜牌")]
    assert (preview["release"], preview["reopened"]) == (first.number, "final")
    outcome = contest.mark(0, 0, "A1.M1", "0", remark="没有满焊")
    assert outcome.status == "accepted"

    assert result_state_of(contest.skill) == "provisional"
    assert current_release(contest.skill) == first
    assert (shown[0], board(contest)) == ("final", ("frozen", shown[1]))
    competition = contest.skill.competition
    assert overview(competition)[0].board == "frozen"
    assert [row.skill for row in frozen_skills(competition)] == [contest.skill]
    assert agree(contest)
    with pytest.raises(ResultsRefused):
        publish()

    sign_again(contest)
    second = publish()

    assert table(contest) == [(3, "铜牌"), (1, "金牌"), (2, "银牌")]
    assert agree(contest)
    foretold = [
        {name: entry[name] for name in ("entry", "code", "lines")}
        for entry in preview["released"]
    ]
    assert told_by(second) == foretold
    effects = {e["entry"]: e["effects"] for e in preview["released"]}
    assert effects == {
        pk: [["certificate", f"证书：{paper.number}"]] for pk, paper in papers.items()
    }
    states = {pk: Certificate.objects.get(pk=p.pk).state for pk, p in papers.items()}
    assert set(states.values()) == {"superseded"}
    assert (board(contest)[0], overview(competition)[0].board) == ("final", "final")
    assert frozen_skills(competition) == []
    assert verify(bundle_of(second))["release"] == second.number
    call_command("verify_ledger")


def test_everybody_reads_the_change_by_its_code_and_nothing_of_persons(
    client, contest, publish
):
    first = publish()
    change(contest)
    contest.mark(0, 0, "A1.M1", "0", remark="没有满焊")
    sign_again(contest)
    second = publish()

    page = client.get(reverse("public_changes", args=[second.number]))
    body = page.content.decode()
    assert [row["code"] for row in page.context["skills"][0]["rows"]] == ["01"]
    hidden = [FINDING.text, str(contest.officer), str(contest.chief), "finding:1"]
    hidden += [entry.members.get().person.name for entry in contest.entries]
    assert [word for word in hidden if word in body] == []
    before = client.get(reverse("public_changes", args=[first.number]))
    assert before.context["skills"] == []
