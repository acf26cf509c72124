"""A bureau with a final, and the lines of its lists as plain values."""

from decimal import Decimal
from typing import Any

from awards.access.scope import scope_of
from awards.enums import OutcomeKind
from awards.listings.base import ListLine, Selection
from awards.listings.registry import LISTINGS
from awards.worklist import Filters
from tests.awards import desk


def selection(bureau, *, release=None, filters=None, **options: str) -> Selection:
    return Selection(
        bureau=bureau,
        scope=scope_of(bureau),
        filters=Filters.read(filters or {}),
        at=desk.AT,
        release=release,
        options=options,
    )


def lines(name: str, bureau, **options: Any) -> list[ListLine]:
    return list(LISTINGS[name].lines(selection(bureau, **options)))


def told(name: str, bureau, **options: Any) -> list[dict[str, Any]]:
    """The lines as dictionaries of the list's own columns, with their sheet."""
    keys = [each.column.key for each in LISTINGS[name].columns]
    found = []
    for line in lines(name, bureau, **options):
        cells = {
            key: line.cells[key]
            for key in keys
            if line.cells.get(key) not in ("", None)
        }
        found.append({"sheet": line.sheet, **cells})
    return found


def people(count: int, *, first: int = 1, **changes: Any):
    return [
        desk.make_person(f"选手{n:03d}", n, unit="蜀山重型机械有限公司", **changes)
        for n in range(first, first + count)
    ]


def final(count: int, kind: OutcomeKind = OutcomeKind.GRADE, **decided: Any):
    """A final of single competitors, each entitled to what is said."""
    listed = people(count)
    release, skill, entries = desk.make_final(listed)
    for person, entry in zip(listed, entries, strict=True):
        decision = desk.make_decision(
            release, skill, entry, person, kind=kind, **decided
        )
        desk.make_entitlement(decision, authority=decision.detail.get("authority", ""))
    return release, listed


def team_final(sizes: list[int], total: str, shares: list[list[str]]):
    """A final of teams with a shared bonus; the shares are the decisions' own."""
    skill = desk.make_skill(desk.make_competition(), team_size=max(sizes))
    serial, results, teams = 1, [], []
    for place, size in enumerate(sizes, start=1):
        members = people(size, first=serial)
        serial += size
        entry = desk.make_entry(skill, members, f"{place:02d}")
        results.append((entry, place, ["金牌", "银牌", "铜牌"][place - 1]))
        teams.append((entry, members))
    release = desk.publish(skill, results, by="system:demo")
    for (entry, members), amounts in zip(teams, shares, strict=True):
        for person, amount in zip(members, amounts, strict=True):
            decision = desk.make_decision(
                release,
                skill,
                entry,
                person,
                kind=OutcomeKind.BONUS,
                value=f"{amount} 元",
                detail=bonus(amount, total),
            )
            desk.make_entitlement(decision, authority="大赛组委会")
    return release, teams


def bonus(amount: str, total: str, share: str = "team") -> dict[str, str]:
    return {
        "amount": amount,
        "total": total,
        "share": share,
        "authority": "大赛组委会",
        "mode": "发放",
        "result": "第 1 名",
    }


def paid(found: list[ListLine]) -> Decimal:
    """The sum over what people are paid, sums at sheets' ends left out."""
    amounts = [line.cells.get("payable") for line in found if line.person]
    return sum((Decimal(str(amount)) for amount in amounts if amount), Decimal(0))
