"""Who sits in which marking team, whose seat it is on a sheet, who stands aside."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q

from competitions.models import Skill
from ledger.core.chain import skill_chain
from ledger.queries import body_of, events_of
from people.models import User
from scoring.core.dual import BOTH, SECOND
from scoring.core.teams import OwnSeat, own_seat
from scoring.models import PanelSeat, Sheet


@dataclass(frozen=True, slots=True)
class Holders:
    """The seats of a skill by panel letter and number: who holds them, who ever did."""

    names: Mapping[int, str]
    current: Mapping[tuple[str, int], int]
    ever_held: Mapping[tuple[str, int], frozenset[tuple[int, int | None]]] = field(
        default_factory=dict
    )

    def of(self, sheet: Sheet) -> dict[int, int]:
        """Who holds each seat that marks this sheet; an empty chair is left out."""
        found = {}
        for seat in sheet.seats:
            stand_in = sheet.stand_ins.get(str(seat))
            holder = self.current.get(_place(sheet, seat))
            if (user := stand_in or holder) is not None:
                found[seat] = user
        return found

    def ever(self, sheet: Sheet) -> dict[int, set[int]]:
        """Everybody who has held each seat of this sheet, its stand-ins included."""
        return {
            seat: {
                user
                for user, entry in self.ever_held.get(_place(sheet, seat), ())
                if entry in (None, sheet.entry_id)
            }
            for seat in sheet.seats
        }

    def unsigned(self, sheet: Sheet) -> dict[int, int]:
        """The seats nobody has signed for yet, with who holds them now."""
        ever, signers = self.ever(sheet), set(sheet.signers)
        return {
            seat: user
            for seat, user in self.of(sheet).items()
            if not ever[seat] & signers
        }


def holders_of(skill: Skill) -> Holders:
    """Who holds which seat of a skill, and who did; one query."""
    rows = PanelSeat.objects.filter(skill=skill).select_related("judge")
    names: dict[int, str] = {}
    current: dict[tuple[str, int], int] = {}
    ever: dict[tuple[str, int], set[tuple[int, int | None]]] = defaultdict(set)
    for row in rows.order_by("panel", "number", "pk"):
        names[row.judge_id] = str(row.judge)
        ever[row.panel, row.number].add((row.judge_id, row.entry_id))
        if row.left_at is None and row.entry_id is None:
            current[row.panel, row.number] = row.judge_id
    return Holders(names, current, {k: frozenset(found) for k, found in ever.items()})


def own_seats(user: User, skill: Skill) -> dict[str, int]:
    """The seats ``user`` holds by panel letter; those for one entry are left out."""
    rows = PanelSeat.objects.filter(
        skill=skill, judge=user, left_at__isnull=True, entry__isnull=True
    )
    return dict(rows.values_list("panel", "number"))


def seat_on(sheet: Sheet, user: User, held: Mapping[str, int]) -> OwnSeat:
    """The seat ``user`` has on a sheet; ``held`` comes from :func:`own_seats`."""
    return own_seat(
        user.pk,
        panels=panels_of(sheet),
        held=held,
        seats=sheet.seats,
        stand_ins=sheet.stand_ins,
    )


@dataclass(frozen=True, slots=True)
class TakenOver:
    """A seat that passed to somebody else: which, to whom, when, by which decision.

    ``seq`` is the number of the decision in the skill's ledger.
    """

    seat: str
    successor: str
    at: datetime
    decided_by: str
    reason: str
    seq: int


def taken_over(sheet: Sheet, user: User) -> TakenOver | None:
    """The seat of a sheet that ``user`` held until a reserve took it; None: never."""
    rows = PanelSeat.objects.filter(
        Q(entry__isnull=True) | Q(entry=sheet.entry_id),
        skill=sheet.skill_id,
        panel__in=panels_of(sheet),
        judge=user,
        left_for__isnull=False,
    )
    seat = rows.select_related("left_for__person").order_by("-left_at", "-pk").first()
    if seat is None or seat.left_for is None or seat.left_at is None:
        return None
    wanted = (seat.panel, seat.number, seat.left_for.actor)
    events = events_of(skill_chain(sheet.skill_id)).filter(
        type="reserve-seated", server_time=seat.left_at
    )
    for event in events:
        body = body_of(event)
        if (body["panel"], body["number"], body["to"]) == wanted:
            return TakenOver(
                seat=f"{seat.panel}{seat.number}",
                successor=str(seat.left_for),
                at=event.server_time,
                decided_by=_name_of(event.actor),
                reason=str(body["reason"]),
                seq=event.seq,
            )
    return None


def _name_of(actor: str) -> str:
    kind, _colon, pk = actor.partition(":")
    rows = User.objects.select_related("person").filter(pk=pk if pk.isdigit() else 0)
    found = rows.first() if kind == "user" else None
    return actor if found is None else str(found)


def panels_of(sheet: Sheet) -> tuple[str, ...]:
    """The letters of the teams that mark a sheet."""
    sub = sheet.sub_criterion
    return (sub.panel, sub.second_panel) if sub.second_panel else (sub.panel,)


def in_teams(user: User, skill: Skill, held: Iterable[str]) -> Q:
    """The sheets of one's teams, and those one holds a seat on for their entry."""
    letters = list(held)
    rows = PanelSeat.objects.filter(skill=skill, judge=user, left_at__isnull=True)
    entries = rows.filter(entry__isnull=False).values_list("panel", "entry_id")
    wanted = Q(sub_criterion__panel__in=letters)
    wanted |= Q(sub_criterion__second_panel__in=letters)
    for panel, entry in entries:
        of_panel = Q(sub_criterion__panel=panel) | Q(sub_criterion__second_panel=panel)
        wanted |= Q(entry=entry) & of_panel
    return wanted


def _place(sheet: Sheet, seat: int) -> tuple[str, int]:
    """Panel letter and number of a sheet's seat."""
    letters = dict(zip(BOTH, panels_of(sheet), strict=False))
    return letters.get(seat - seat % SECOND, ""), seat % SECOND


@dataclass(frozen=True, slots=True)
class SeatRow:
    """One seat: panel, number, judge, sheets to mark, entries they stand aside for."""

    panel: str
    number: int
    judge: str
    sheets: int
    aside: int


def seat_rows(skill: Skill) -> list[SeatRow]:
    """The seats of a skill by panel and number; two queries."""
    seats = PanelSeat.objects.filter(
        skill=skill, left_at__isnull=True, entry__isnull=True
    )
    marked: Counter[tuple[str, int]] = Counter()
    entries: dict[str, set[int]] = {}
    mine: dict[tuple[str, int], set[int]] = {}
    rows = Sheet.objects.filter(skill=skill).values_list(
        "sub_criterion__panel", "sub_criterion__second_panel", "entry_id", "seats"
    )
    for first, second, entry, numbers in rows:
        for panel in filter(None, (first, second)):
            entries.setdefault(panel, set()).add(entry)
        for seat in numbers:
            place = (second if seat >= SECOND else first, seat % SECOND)
            marked[place] += 1
            mine.setdefault(place, set()).add(entry)
    return [
        SeatRow(
            panel=seat.panel,
            number=seat.number,
            judge=str(seat.judge),
            sheets=marked[seat.panel, seat.number],
            aside=len(entries.get(seat.panel, set()))
            - len(mine.get((seat.panel, seat.number), set())),
        )
        for seat in seats.select_related("judge").order_by("panel", "number")
    ]
