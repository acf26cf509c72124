"""A national final with 220 aspects, marked for 30 competitors by a robot.

Every step goes through the address a person's browser uses: the workbook is checked and
imported, marks travel in batches of 200 to ``POST /judge/marks``, sheets are signed,
results verified and released, and the bundle of the release checked offline.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from competitions.actions import close_publicity, open_publicity
from ledger.core.chain import skill_chain
from ledger.queries import events_of
from scoring.core.marking import is_per_judge, largest_value
from scoring.core.scheme import Aspect, CalculationKind, MarkKind, Scheme
from scoring.models import Mark, Release, Result, Sheet
from scoring.queries.rebuilding import differences
from scoring.queries.schemes import scheme_of
from scoring.shadow.container import Refused
from scoring.shadow.verify_bundle import verify
from tests.factories import PASSWORD
from tests.scoring.contest import PIN, Contest, make_contest

pytestmark = pytest.mark.django_db
WORKBOOK = "wsuk2024_17_national_final.xlsx"
COMPETITORS, BATCH = 30, 200


class Robot:
    """Presses what people press, with one signed-in client for each of them."""

    def __init__(self, contest: Contest) -> None:
        self.contest = contest
        self.skill = contest.skill.pk
        self.keys = iter(range(1, 10_000_000))

    def client(self, user: object) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    def import_scheme(self, content: bytes) -> None:
        """Check the workbook, then commit what was shown."""
        office = self.client(self.contest.organizer)
        url = reverse("organize_scheme", args=[self.skill])
        shown = office.post(url, {"file": SimpleUploadedFile(WORKBOOK, content)})
        done = office.post(url, {"token": shown.context["token"]})
        assert (shown.status_code, done.status_code) == (200, 302)
        opened = office.post(reverse("organize_open_marking", args=[self.skill]))
        assert opened.status_code == 302

    def mark(self) -> int:
        """Enter every cell; return how many marks were acknowledged."""
        scheme = scheme_of(self.contest.skill)
        assert scheme is not None
        entered = 0
        for seat, judge in enumerate(self.contest.judges, start=1):
            client = self.client(judge)
            events = list(self.events(scheme, seat))
            for start in range(0, len(events), BATCH):
                entered += self.send(client, events[start : start + BATCH])
        return entered

    def send(self, client: Client, events: list[dict[str, object]]) -> int:
        body = {"v": 1, "skill": self.skill, "device": "robot", "events": events}
        answer = client.post("/judge/marks", body, content_type="application/json")
        assert answer.status_code == 200, answer.content
        told = answer.json()["results"]
        assert {(row["status"], row["code"]) for row in told} == {("accepted", "")}
        return len(told)

    def events(self, scheme: Scheme, seat: int) -> Iterator[dict[str, object]]:
        """What one judge enters; the first also enters what the group agreed on."""
        sheets = {
            (sheet.entry_id, sheet.sub_criterion.code): sheet.pk
            for sheet in Sheet.objects.filter(skill=self.skill).select_related(
                "sub_criterion"
            )
        }
        parts = [
            (sub.code, number, aspect)
            for criterion in scheme.criteria
            for sub in criterion.sub_criteria
            for number, aspect in enumerate(sub.aspects)
        ]
        for order, entry in enumerate(self.contest.entries):
            for sub, number, aspect in parts:
                own = is_per_judge(aspect.kind)
                if not own and seat != 1:
                    continue
                yield {
                    "key": str(UUID(int=next(self.keys))),
                    "sheet": sheets[entry.pk, sub],
                    "aspect": aspect.code,
                    "seat": seat if own else 0,
                    "state": "value",
                    "value": value_of(aspect, order, number, seat),
                    "remark": "与评分标准不符" if order else "",
                }

    def sign(self) -> None:
        """All three judges, then the chief judge, each over all sheets."""
        signers = [(judge, "judge") for judge in self.contest.judges]
        for user, role in [*signers, (self.contest.chief, "chief-judge")]:
            client = self.client(user)
            url = reverse("judge_review", args=[self.skill])
            review = client.get(url, {"role": role}).context
            assert len(review["ready_ids"]) == Sheet.objects.count()
            given = {
                "role": role,
                "sheet": review["ready_ids"],
                "digest": review["digest"],
                "pin": PIN,
            }
            client.post(reverse("judge_sign", args=[self.skill]), given)

    def check_by_hand(self) -> int:
        """Draw the sample, find every drawn sheet right, sign; how many sheets."""
        officer = self.client(self.contest.officer)
        url = reverse("verify_sample", args=[self.skill])
        officer.post(url)
        lines = officer.get(url).context["work"].lines
        for line in lines:
            sheet = reverse("verify_sheet", args=[line.sheet.pk])
            assert officer.post(sheet, {"outcome": "right"}).status_code == 302
        given = {"secret": PIN, "note": "逐项核对"}
        officer.post(reverse("verify_sign", args=[self.skill]), given)
        return len(lines)

    def verify(self) -> None:
        url = reverse("verify_skill", args=[self.skill])
        given = {"note": "抽样复核已签名", "password": PASSWORD}
        done = self.client(self.contest.officer).post(url, given)
        assert done.status_code == 302, done.context["check"].blockers

    def release(self) -> Release:
        competition = self.contest.skill.competition
        by = self.contest.organizer
        notice = open_publicity(
            competition,
            skills=[self.contest.skill],
            working_days=0,
            reason="内部选拔",
            by=by,
            at=timezone.now(),
        )
        close_publicity(notice, by=by, at=timezone.now())
        url = reverse("organize_publish", args=[competition.code])
        given = {"skill": self.skill, "document": "赛〔2026〕17号"}
        self.client(by).post(url, given)
        return Release.objects.get()


def value_of(aspect: Aspect, order: int, number: int, seat: int) -> str:
    """Competitor 0 is faultless; the later one comes, the more is missing."""
    missed = (order * 7 + number * 13) % COMPETITORS < order
    if aspect.kind is MarkKind.JUDGEMENT:
        low = 1 if missed else 3
        return str(low - (order > 0 and seat == 3))
    if aspect.calculation.kind is CalculationKind.CHOICE:
        return "2" if missed else "1"
    if aspect.calculation.kind is CalculationKind.REGULAR_DIFFERENCE_DEDUCTION:
        return "1" if missed else "0"
    return "0" if missed else str(largest_value(aspect))


def check_offline(robot: Robot, release: Release, folder: Path) -> None:
    """A stranger computes the places anew from the files of the release page."""
    office = robot.client(robot.contest.organizer)
    for name, page in (("bundle.zip", "bundle"), ("check.py", "verifier")):
        answer = office.get(reverse(f"release_{page}", args=[release.number]))
        (folder / name).write_bytes(answer.content)
    command = [sys.executable, "-I", "check.py", "bundle.zip", "--sample"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"places recomputed: {COMPETITORS}" in done.stdout
    assert done.stdout.count("(top)") == 9
    assert done.stdout.count("(sample)") == 4
    archive = (folder / "bundle.zip").read_bytes()
    for at in range(7, len(archive), len(archive) // 20):
        with pytest.raises(Refused):
            verify(archive[:at] + bytes([archive[at] ^ 1]) + archive[at + 1 :])


@pytest.fixture
def final(real_data) -> Robot:
    """The whole final, from the workbook to its release."""
    contest = make_contest(entries=COMPETITORS, is_open=False, is_sampled=True)
    robot = Robot(contest)
    robot.import_scheme((real_data / "marking-schemes" / WORKBOOK).read_bytes())
    return robot


def test_a_national_final_is_marked_signed_verified_and_released(final, tmp_path):
    skill = final.contest.skill
    cells = sum(Sheet.objects.filter(skill=skill).values_list("cells", flat=True))

    entered = final.mark()
    assert (entered, Mark.objects.count()) == (cells, cells)
    assert events_of(skill_chain(skill.pk)).filter(type="mark").count() == cells
    assert set(Sheet.objects.values_list("state", flat=True)) == {"complete"}

    final.sign()
    subs = len(set(Sheet.objects.values_list("sub_criterion_id", flat=True)))
    assert final.check_by_hand() == (9 + 4) * subs  # 30 % of 30, 15 % of 21
    final.verify()
    assert set(Sheet.objects.values_list("state", flat=True)) == {"locked"}
    assert differences(skill) == []

    release = final.release()
    first = Result.objects.get(entry=final.contest.entries[0])
    assert (first.place, first.points_scaled) == (1, 100_000_000)
    places = Result.objects.order_by("place").values_list("place", flat=True)
    assert (len(places), places[0]) == (COMPETITORS, 1)
    assert release.text.count('"entry":') == COMPETITORS
    call_command("verify_ledger")
    check_offline(final, release, tmp_path)
