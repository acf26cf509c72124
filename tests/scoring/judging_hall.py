"""A small contest judged by people who may do anything at any moment, in any role.

Marks, signatures and changes; ``judging_machine`` adds what follows.  The rules call the
real actions; a ``Watch`` says after every act whether something happened that must not.
Each run begins at one of five stages and is rolled back.
"""

from collections.abc import Callable
from copy import copy, deepcopy
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from competitions.errors import CompetitionError
from competitions.models import Skill
from people.models import User
from scoring.actions.change_checks import Wanted
from scoring.actions.changes import (
    approve_change,
    foresee_approval,
    reject_change,
    request_change,
    withdraw_change,
)
from scoring.actions.marks import enter_marks
from scoring.actions.signing import sign_sheets
from scoring.actions.teams import seat_reserve
from scoring.errors import ScoringError
from scoring.models import ChangeRequest, Sheet
from scoring.queries.changes import preview_digest
from scoring.queries.judging import WAITS_FOR
from scoring.queries.sheets import signing_digest
from tests.scoring.contest import PIN
from tests.scoring.judging_stages import STAGES, Stage, Watch

PEOPLE = (
    "judge 1", "judge 2", "judge 3", "chief", "supervisor", "officer", "both",
    "reserve", "organizer", "leader",
)  # fmt: skip
ROLES = ("judge", "chief-judge", "supervisor")
ASPECTS = ("A1.M1", "A1.J1", "B1.M1")
REFUSALS = (ScoringError, CompetitionError)
person = st.sampled_from(PEOPLE)
decider = st.sampled_from(("chief", "supervisor", "both") * 3 + PEOPLE)
entry = st.sampled_from((0, 1))
aspect = st.sampled_from(ASPECTS)
value = st.sampled_from(("0", "1", "2", "3"))
asker = st.sampled_from(("judge 1", "judge 2", "chief", "officer", "both") * 2 + PEOPLE)
# A cell with a value that it takes, mostly, and now and then one that it does not.
wanted = st.one_of(
    st.tuples(st.sampled_from(("A1.M1", "B1.M1")), st.just(0), st.sampled_from("01")),
    st.tuples(st.just("A1.J1"), st.sampled_from((1, 2, 3)), value),
    st.tuples(aspect, st.sampled_from((0, 1, 2, 3)), value),
)


class Hall(RuleBasedStateMachine):
    """One run: marks, signatures and changes; ``stages`` are shared, ``runs`` counts."""

    stages: ClassVar[dict[str, Stage]] = {}
    runs: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        type(self).runs += 1
        self.mark_of_return = transaction.savepoint()

    def teardown(self) -> None:
        try:
            if hasattr(self, "watch"):
                self.watch.look_at_all()
        finally:
            transaction.savepoint_rollback(self.mark_of_return)

    @initialize(stage=st.sampled_from(STAGES))
    def begin(self, stage: str) -> None:
        found = self.stages[stage]
        self.contest, self.cast = copy(found.contest), found.cast
        self.contest.skill = self.skill = Skill.objects.select_related(
            "competition"
        ).get(pk=found.contest.skill.pk)
        self.watch = Watch(self.skill, deepcopy(found.witness))
        self.published: dict[str, int] = {}

    # What everybody may try

    def attempt(self, act: Callable[..., object], *args: Any, **more: Any) -> None:
        """Do it or be refused; then everything that must hold is looked at."""
        try:
            act(*args, **more)
            was_refused = False
        except REFUSALS:
            was_refused = True
        self.watch.look(was_refused=was_refused)

    def now(self) -> datetime:
        return self.contest.now()

    def sheet(self, entry: int, aspect: str) -> Sheet:
        return self.contest.sheet(entry, aspect.split(".")[0])

    def enter(self, who: str, entry: int, aspect: str, value: str) -> None:
        event = self.contest.event(entry, aspect, value or None)
        enter_marks(
            self.skill, events=[event], by=self.cast[who], device="T", at=self.now()
        )

    @rule(who=person, entry=entry, aspect=aspect, value=value | st.just(""))
    def mark(self, who: str, entry: int, aspect: str, value: str) -> None:
        self.attempt(self.enter, who, entry, aspect, value)

    def is_unsigned(self) -> bool:
        return not any(self.watch.witness.signed.values())

    @precondition(is_unsigned)
    @rule(entry=entry, levels=st.sampled_from(("222", "202", "331")))
    def fill(self, entry: int, levels: str) -> None:
        for number, level in enumerate(levels, start=1):
            self.attempt(self.enter, f"judge {number}", entry, "A1.J1", level)
        for code in ("A1.M1", "B1.M1"):
            self.attempt(self.enter, "judge 1", entry, code, "1")

    def is_unfinished(self) -> bool:
        """Whether something waits for a signature."""
        waiting = set(WAITS_FOR.values())
        return any(row["state"] in waiting for row in self.watch.of(Sheet))

    @precondition(is_unfinished)
    @rule(who=person, role=st.sampled_from(ROLES), entry=st.none() | entry)
    def sign(self, who: str, role: str, entry: int | None) -> None:
        rows = Sheet.objects.filter(skill=self.skill, state=WAITS_FOR[role])
        if entry is not None:
            rows = rows.filter(entry=self.contest.entries[entry])
        self.attempt(self.sign_rows, who, role, list(rows))

    def sign_rows(self, who: str, role: str, sheets: list[Sheet]) -> None:
        sign_sheets(
            self.skill,
            sheets=sheets,
            role=role,
            pin=PIN,
            digest=signing_digest(self.skill, sheets, role),
            by=self.cast[who],
            at=self.now(),
        )

    @precondition(is_unfinished)
    @rule()
    def sign_what_waits(self) -> None:
        """Everybody signs what they can, in order."""
        for number in (1, 2, 3):
            name = f"judge {number}"
            rows = Sheet.objects.filter(skill=self.skill, state="complete")
            mine = [row for row in rows if self.cast[name].pk not in row.signers]
            self.attempt(self.sign_rows, name, "judge", mine)
        for name, role in (("chief", "chief-judge"), ("supervisor", "supervisor")):
            self.sign(name, role, None)

    # Changes of signed marks

    def is_signed(self) -> bool:
        return any(self.watch.witness.signed.values())

    @precondition(is_signed)
    @rule(who=asker, entry=entry, cell=wanted, cites=st.booleans())
    def ask(
        self, who: str, entry: int, cell: tuple[str, int, str], cites: bool
    ) -> None:
        aspect, seat, value = cell
        self.attempt(
            request_change,
            self.sheet(entry, aspect),
            wanted=Wanted(
                aspect, seat, value, text="看错了", reference="finding:1" * cites
            ),
            secret=PIN,
            by=self.cast[who],
            at=self.now(),
        )

    @precondition(is_signed)
    @rule(
        who=asker,
        by=decider,
        entry=entry,
        cell=wanted,
        minutes=st.sampled_from((0, 0, 0, 16)),
        later=st.sampled_from((0, 0, 0, 31)),
    )
    def change_through(
        self,
        who: str,
        by: str,
        entry: int,
        cell: tuple[str, int, str],
        minutes: int,
        later: int,
    ) -> None:
        """From the request to the mark, by two people, in time or not."""
        self.ask(who, entry, cell, cites=False)
        self.wait(minutes)
        self.approve(by, 0)
        self.wait(later)
        self.put(None, None)

    def change(self, number: int) -> ChangeRequest | None:
        rows = ChangeRequest.objects.filter(skill=self.skill).order_by("-pk")
        return rows[number % 3 : number % 3 + 1].first()

    def any_change(self) -> bool:
        return bool(self.watch.of(ChangeRequest))

    @precondition(any_change)
    @rule(who=decider, number=st.integers(0, 2))
    def approve(self, who: str, number: int) -> None:
        if change := self.change(number):
            self.attempt(self.approve_seen, change, self.cast[who])

    def approve_seen(self, change: ChangeRequest, by: User) -> None:
        seen = preview_digest(foresee_approval(change, by=by, at=self.now()))
        approve_change(change, digest=seen, secret=PIN, by=by, at=self.now())

    @precondition(any_change)
    @rule(who=decider, number=st.integers(0, 2), act=st.sampled_from(("no", "back")))
    def refuse(self, who: str, number: int, act: str) -> None:
        change = self.change(number)
        if change is None:
            return
        if act == "no":
            facts = {"text": "证据不足", "by": self.cast[who], "at": self.now()}
            self.attempt(reject_change, change, **facts)
        else:
            self.attempt(withdraw_change, change, by=self.cast[who], at=self.now())

    @precondition(any_change)
    @rule(who=st.none() | person, other=st.none() | value)
    def put(self, who: str | None, other: str | None) -> None:
        """Enter what was approved: by whom it is for or anybody, right or not."""
        for sheet in Sheet.objects.filter(skill=self.skill).exclude(unlocked=[]):
            cell = sheet.unlocked[-1]
            entry = [row.pk for row in self.contest.entries].index(sheet.entry_id)
            by = who or f"judge {cell['seat'] or 1}"
            self.attempt(self.enter, by, entry, cell["aspect"], other or cell["value"])

    @rule(minutes=st.sampled_from((1, 16, 31)))
    def wait(self, minutes: int) -> None:
        self.contest.clock += timedelta(minutes=minutes)

    @rule(who=person, seat=st.sampled_from((1, 2, 3)), entry=st.none() | entry)
    def step_in(self, who: str, seat: int, entry: int | None) -> None:
        self.attempt(
            seat_reserve,
            self.skill,
            panel="A",
            number=seat,
            reserve=self.cast["reserve"],
            reason="身体不适",
            by=self.cast["chief" if who.startswith("judge") else who],
            at=self.now(),
            entry=None if entry is None else self.contest.entries[entry],
        )
