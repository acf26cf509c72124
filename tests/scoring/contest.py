"""A small competition ready for marking: the cast of the scoring tests.

Three judges (or as many as asked) sit in panel A; entries have workstation codes.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID

from competitions.actions import assign_codes
from competitions.models import Competition, Entry, Skill
from people.actions import set_pin
from people.models import User
from scoring.actions import enter_marks, import_scheme, open_marking, sign_sheets
from scoring.actions.verification import set_verification_rules
from scoring.core.scheme import Scheme
from scoring.core.verification import DEFAULT
from scoring.marking_events import MarkEvent
from scoring.models import Sheet
from scoring.queries.sheets import signing_digest
from tests.factories import (
    AT,
    make_appointment,
    make_competition,
    make_entry,
    make_member,
    make_organization,
    make_person,
    make_skill,
    make_user,
)
from tests.scoring.core.schemes import worldskills_type

PIN = "271828"
_keys = count(1)


def next_key() -> UUID:
    return UUID(int=next(_keys))


@dataclass
class Contest:
    """A skill with its people; ``clock`` moves a second with every act."""

    skill: Skill
    entries: list[Entry]
    judges: list[User]
    chief: User
    officer: User
    organizer: User
    clock: Any = field(default=AT)

    def now(self) -> Any:
        self.clock += timedelta(seconds=1)
        return self.clock

    def sheet(self, entry: int, sub: str) -> Sheet:
        rows = Sheet.objects.select_related("sub_criterion", "entry", "skill")
        return rows.get(entry=self.entries[entry], sub_criterion__code=sub)

    def event(self, entry: int, aspect: str, value: str | None, **more: Any):
        sub = aspect.split(".")[0]
        sheet = Sheet.objects.values_list("pk", flat=True).get(
            entry=self.entries[entry], sub_criterion__code=sub
        )
        key = more.pop("key", None) or next_key()
        return MarkEvent(key, sheet, aspect, value, **more)

    def enter(self, judge: int, *events: MarkEvent, **more: Any):
        return enter_marks(
            self.skill,
            events=events,
            by=self.judges[judge],
            device="T-01",
            at=self.now(),
            **more,
        )

    def mark(self, judge: int, entry: int, aspect: str, value: str, **more: Any):
        (outcome,) = self.enter(judge, self.event(entry, aspect, value, **more))
        return outcome

    def judged(self, entry: int, aspect: str, *values: str) -> None:
        for judge, value in enumerate(values):
            self.mark(judge, entry, aspect, value)

    def fill(self, entry: int, yes: str = "1", levels: Sequence[str] = "222") -> None:
        """Mark a whole entry of the WorldSkills-type scheme."""
        self.mark(0, entry, "A1.M1", yes)
        self.judged(entry, "A1.J1", *levels)
        self.mark(0, entry, "B1.M1", yes)

    def sign(self, who: User, role: str, sheets: Sequence[Sheet] | None = None):
        chosen = list(sheets or Sheet.objects.filter(skill=self.skill))
        return sign_sheets(
            self.skill,
            sheets=chosen,
            role=role,
            pin=PIN,
            digest=signing_digest(self.skill, chosen, role),
            by=who,
            at=self.now(),
        )

    def sign_all(self) -> None:
        for judge in self.judges:
            self.sign(judge, "judge")
        self.sign(self.chief, "chief-judge")


def put_in_force(skill: Skill, scheme: Scheme, by: User) -> None:
    import_scheme(
        skill,
        scheme=scheme,
        source_name="scheme.xlsx",
        source_digest=hashlib.sha256(b"scheme").hexdigest(),
        findings=[],
        by=by,
        at=AT,
    )


def make_contest(
    scheme: Scheme | None = None,
    *,
    entries: int = 3,
    judges: int = 3,
    is_open: bool = True,
    facts: dict[str, Any] | None = None,
    is_sampled: bool = False,
) -> Contest:
    owner = make_organization(kinds=["organizer"], region="510000")
    organizer = make_member(owner, "organizer")
    competition = make_competition(owner, **(facts or {}))
    if not is_sampled:
        waive_sampling(competition, organizer)
    skill = make_skill(competition)
    rows = [make_entry(skill) for _number in range(entries)]
    bench = [_official(skill, "judge", organizer) for _number in range(judges)]
    contest = Contest(
        skill=skill,
        entries=rows,
        judges=bench,
        chief=_official(skill, "chief-judge", organizer),
        officer=_official(skill, "results-officer", organizer),
        organizer=organizer,
    )
    put_in_force(skill, scheme or worldskills_type(), organizer)
    assign_codes(skill, by=organizer, at=AT)
    if is_open:
        open_marking(skill, by=organizer, at=AT)
    return contest


def waive_sampling(competition: Competition, by: User) -> None:
    """Let results be verified without a check by sample."""
    set_verification_rules(
        competition,
        rules=DEFAULT,
        is_required=False,
        citation="",
        reason="小型比赛",
        by=by,
        at=AT,
    )


def _official(skill: Skill, role: str, organizer: User) -> User:
    person = make_person()
    user = make_user(person=person)
    make_appointment(skill, role, person, by=organizer)
    set_pin(user, pin=PIN, by=organizer, at=AT)
    return user
