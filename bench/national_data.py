"""A national event by the real actions, and what each of its stages costs.

    python -m bench.national_data --skills 109 --entries 4045

Prints one line of JSON: marks, seconds per stage (by the clock, and of the processor)
and the most memory used.  The first
marks of a skill go through the action (which freezes its scheme), the others into the
same tables in bulk: here the stages after marking are measured.  The database is the
one of ``DATABASE_URL``; it must be empty.
"""

import argparse
import json
import os
import resource
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings  # noqa: E402 - apps must be ready first
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402

from competitions.actions import (  # noqa: E402
    assign_codes,
    close_publicity,
    open_publicity,
)
from competitions.models import Competition, Delegation, Skill  # noqa: E402
from ledger.actions import EventDraft, append, lock_chains  # noqa: E402
from ledger.core.chain import skill_chain  # noqa: E402
from people.actions import set_pin  # noqa: E402
from people.models import User  # noqa: E402
from scoring.actions import (  # noqa: E402
    enter_marks,
    open_marking,
    publish_release,
    sign_sheets,
    verify_results,
)
from scoring.actions.results import refresh_skill  # noqa: E402
from scoring.actions.totals import apply_total, save_sheets  # noqa: E402
from scoring.actions.verification import set_verification_rules  # noqa: E402
from scoring.core.scheme import Criterion, Scheme, SubCriterion  # noqa: E402
from scoring.core.verification import DEFAULT  # noqa: E402
from scoring.marking_events import MarkEvent  # noqa: E402
from scoring.models import Mark, Sheet  # noqa: E402
from scoring.queries.hot import Entered  # noqa: E402
from scoring.queries.points import sheet_total  # noqa: E402
from scoring.queries.schemes import plan_by_digest, state_of  # noqa: E402
from scoring.queries.sheets import signing_digest  # noqa: E402
from tests.factories import (  # noqa: E402
    AT,
    make_appointment,
    make_competition,
    make_delegation,
    make_entry,
    make_member,
    make_organization,
    make_person,
    make_skill,
    make_user,
)
from tests.scoring.contest import PIN, put_in_force  # noqa: E402
from tests.scoring.core.schemes import judgement, measurement  # noqa: E402

LETTERS = "ABCDEFGHIJ"
MEASURED, JUDGES, DELEGATIONS, FIRST = 14, 1, 36, 100
QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]
_keys = count(1)
_ticks = count(1)


def now() -> Any:
    return AT + timedelta(seconds=next(_ticks))


def scheme() -> Scheme:
    """A hundred points in 150 aspects: fourteen measured and one judged in each of ten."""
    criteria = []
    for letter in LETTERS:
        code = f"{letter}1"
        aspects = [measurement(f"{code}.M{n}", "0.5") for n in range(1, MEASURED + 1)]
        aspects.append(judgement(f"{code}.J1", "3"))
        sub = SubCriterion(code, f"模块{letter}", 1, tuple(aspects))
        criteria.append(Criterion(letter, f"模块{letter}", (sub,)))
    return Scheme("国赛用方案", tuple(criteria))


class Event:
    """The competition with the few people who judge and verify all of it."""

    def __init__(self) -> None:
        owner = make_organization(kinds=["organizer"], region="510000")
        self.organizer: User = make_member(owner, "organizer")
        self.competition: Competition = make_competition(owner)
        self.delegations: list[Delegation] = [
            make_delegation(self.competition) for _ in range(DELEGATIONS)
        ]
        self.judges = [self._user() for _ in range(JUDGES)]
        self.chief, self.officer = self._user(), self._user()
        self.skills: list[Skill] = []

    def _user(self) -> User:
        user = make_user(person=make_person())
        set_pin(user, pin=PIN, by=self.organizer, at=AT)
        return user

    def add_skill(self, entries: int) -> None:
        skill = make_skill(self.competition)
        for number in range(entries):
            make_entry(skill, delegation=self.delegations[number % DELEGATIONS])
        roles = [("judge", judge) for judge in self.judges]
        roles += [("chief-judge", self.chief), ("results-officer", self.officer)]
        for role, user in roles:
            make_appointment(skill, role, user.person, by=self.organizer)
        put_in_force(skill, scheme(), self.organizer)
        assign_codes(skill, by=self.organizer, at=AT)
        open_marking(skill, by=self.organizer, at=now())
        self.skills.append(skill)


def cells_of(sheet: Sheet) -> Iterator[tuple[str, int, str]]:
    """Every cell of a sheet with its value: aspect, seat, what was entered."""
    code = sheet.sub_criterion.code
    for n in range(1, MEASURED + 1):
        turn = (sheet.entry_id * 31 + n * 17 + ord(code[0]) * 7) % 11
        yield f"{code}.M{n}", 0, "1" if turn < 8 else "0"
    for seat in sheet.seats:
        yield f"{code}.J1", seat, str(2 + (sheet.entry_id * 5 + seat) % 2)


@transaction.atomic
def mark_skill(event: Event, skill: Skill) -> int:
    """Enter every mark of a skill; return how many there are."""
    rows = Sheet.objects.filter(skill=skill).select_related("sub_criterion", "entry")
    sheets = list(rows.order_by("pk"))
    cells = [(sheet, *cell) for sheet in sheets for cell in cells_of(sheet)]
    first = [cell for cell in cells if cell[2] in (0, 1)][:FIRST]
    enter_marks(
        skill,
        events=[
            MarkEvent(UUID(int=next(_keys)), sheet.pk, aspect, value)
            for sheet, aspect, _seat, value in first
        ],
        by=event.judges[0],
        device="bench",
        at=now(),
    )
    done = {(sheet.pk, aspect, seat) for sheet, aspect, seat, _value in first}
    rest = [cell for cell in cells if (cell[0].pk, cell[1], cell[2]) not in done]
    _enter_in_bulk(event, skill, rest)
    totals = defaultdict(dict)  # type: ignore[var-annotated]
    for sheet, aspect, seat, value in cells:
        totals[sheet.pk][aspect, seat] = Entered(seat, "value", value)
    state = state_of(skill)
    assert state is not None  # noqa: S101 - marking is open
    plan = plan_by_digest(state.scheme.digest)
    for sheet in sheets:
        code = sheet.sub_criterion.code
        apply_total(sheet, sheet_total(plan, code, sheet.seats, totals[sheet.pk]))
    save_sheets(sheets)
    refresh_skill(skill, state, at=now())
    return len(cells)


def _enter_in_bulk(
    event: Event, skill: Skill, cells: list[tuple[Sheet, str, int, str]]
) -> None:
    at, judge = now(), event.judges[0]
    chain = lock_chains([skill_chain(skill.pk)], at=at)[skill_chain(skill.pk)]
    drafts = [
        EventDraft(
            "mark",
            {
                "sheet": sheet.pk,
                "entry": sheet.entry_id,
                "sub": sheet.sub_criterion.code,
                "aspect": aspect,
                "seat": seat,
                "state": "value",
                "value": value,
                "remark": "",
                "request": "0" * 32,
            },
            key=UUID(int=next(_keys)),
            device="bench",
        )
        for sheet, aspect, seat, value in cells
    ]
    written = append(chain, drafts, actor=judge.actor, at=at)
    Mark.objects.bulk_create(
        Mark(
            sheet=sheet,
            code=aspect,
            seat=seat,
            judge=event.judges[max(seat - 1, 0)],
            state="value",
            value=value,
            seq=row.seq,
            marked_at=at,
        )
        for (sheet, aspect, seat, value), row in zip(cells, written, strict=True)
    )


def sign_skill(event: Event, skill: Skill) -> None:
    signers = [(judge, "judge") for judge in event.judges]
    for user, role in [*signers, (event.chief, "chief-judge")]:
        rows = Sheet.objects.filter(skill=skill).select_related("sub_criterion")
        sheets = list(rows.order_by("pk"))
        sign_sheets(
            skill,
            sheets=sheets,
            role=role,
            pin=PIN,
            digest=signing_digest(skill, sheets, role),
            by=user,
            at=now(),
        )


def publish(event: Event) -> int:
    """Announce and publish every skill as one release; return the size of its text."""
    notice = open_publicity(
        event.competition,
        skills=event.skills,
        working_days=0,
        reason="测量",
        by=event.organizer,
        at=now(),
    )
    close_publicity(notice, by=event.organizer, at=now())
    release = publish_release(
        event.competition, skills=event.skills, by=event.organizer, at=now()
    )
    return len(release.text)


def run(skills: int, entries: int) -> dict[str, Any]:
    seconds: dict[str, float] = {}
    processor: dict[str, float] = {}

    @contextmanager
    def stage(name: str) -> Iterator[None]:
        began, worked = time.perf_counter(), time.process_time()
        yield
        seconds[name] = round(time.perf_counter() - began, 2)
        processor[name] = round(time.process_time() - worked, 2)

    settings.PASSWORD_HASHERS = (
        QUICK  # hundreds of PINs; hashing them is not measured here
    )
    call_command("migrate", verbosity=0)
    event = Event()
    with stage("people"):
        for number in range(skills):
            share = entries * (number + 1) // skills - entries * number // skills
            event.add_skill(share)
    with stage("marks"):
        marks = sum(mark_skill(event, skill) for skill in event.skills)
    with stage("sign"):
        for skill in event.skills:
            sign_skill(event, skill)
    set_verification_rules(
        event.competition,
        rules=DEFAULT,
        is_required=False,
        citation="",
        reason="bench",
        by=event.officer,
        at=now(),
    )
    with stage("places"):
        for skill in event.skills:
            verify_results(skill, note="", by=event.officer, at=now())
    with stage("release"):
        size = publish(event)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {
        "skills": skills,
        "entries": entries,
        "marks": marks,
        "seconds": seconds,
        "processor_seconds": processor,
        "release_kib": size // 1024,
        "peak_mib": peak,
    }


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.national_data")
    parser.add_argument("--skills", type=int, required=True)
    parser.add_argument("--entries", type=int, required=True)
    options = parser.parse_args()
    print(json.dumps(run(options.skills, options.entries)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
