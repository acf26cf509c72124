"""Who sits in which marking team, and for how many entries they stand aside."""

from collections import Counter
from dataclasses import dataclass

from competitions.models import Skill
from scoring.models import PanelSeat, Sheet


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
    seats = PanelSeat.objects.filter(skill=skill, left_at__isnull=True)
    marked: Counter[tuple[str, int]] = Counter()
    entries: dict[str, set[int]] = {}
    mine: dict[tuple[str, int], set[int]] = {}
    rows = Sheet.objects.filter(skill=skill).values_list(
        "sub_criterion__panel", "entry_id", "seats"
    )
    for panel, entry, numbers in rows:
        entries.setdefault(panel, set()).add(entry)
        for number in numbers:
            marked[panel, number] += 1
            mine.setdefault((panel, number), set()).add(entry)
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
