"""奖金发放表: who is paid what by whom, teams with every member's share.

A sheet per payer.  Shares are the decisions' own, to the fen; a team's line states the
whole sum, its members' lines state what each is paid, and a sheet's sum is over what is
paid.  Accounts are never kept here: their column is left to the finance office.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import partial
from itertools import groupby

from django.db.models.functions import Coalesce

from awards.core.grants import share_of
from awards.enums import OutcomeKind
from awards.listings import cells
from awards.listings.base import Listing, ListLine, Selection
from awards.listings.cells import MONEY, shown
from awards.listings.reading import (
    Told,
    entitlements_on,
    left_open,
    people_on,
    place_of,
    shelf,
    told,
)
from people.spreadsheets import Cell

KINDS = (OutcomeKind.BONUS,)
UNNAMED = "未写明发放单位"
UNKNOWN = "标准待定，未计入合计"
RULE = (
    "团队奖金由队员平分到分；除不尽的余分按报名顺序每人加一分，在前的先得。"
    "开户信息由财务部门另行收集，不在本表保存。"
)
COLUMNS = (
    cells.NUMBER,
    shown("name", "姓名(或团队)", 24, wraps=True),
    cells.IDENTITY,
    shown("unit", "工作单位(学校)", 22, wraps=True),
    cells.COMPETITION,
    cells.SKILL,
    cells.PLACE,
    cells.AWARD,
    shown("standard", "标准(元)", 12, "number", MONEY),
    shown("heads", "人数", 7, "integer"),
    shown("each", "人均(元)", 16, "number", MONEY),
    shown("payable", "应发金额(元)", 14, "number", MONEY),
    shown("account", "开户信息", 22),
    shown("signature", "签领", 14),
    shown("citation", "依据条款", 30, wraps=True),
    shown("note", "备注", 18, wraps=True),
    cells.REFERENCE,
)


def bonus_lines(selection: Selection) -> Iterator[ListLine]:
    """Yield the payments by payer, release and skill, best place first, then the sum."""
    rows = entitlements_on(selection, KINDS).annotate(
        name_order=Coalesce("person__sort_key", "unit__sort_key")
    )
    ordered = rows.order_by(
        "authority",
        "release_id",
        "decision__skill__number",
        "decision__skill_id",
        "decision__entry_id",
        "name_order",
        "pk",
    )
    for payer, listed in groupby(told(ordered, shelf()), key=_payer):
        yield from _sheet(payer, listed)


def _payer(line: Told) -> str:
    return line.row.authority or UNNAMED


def _sheet(payer: str, listed: Iterator[Told]) -> Iterator[ListLine]:
    number, people, paid = 0, 0, Decimal(0)
    for _skill, lines in groupby(listed, key=_skill_of):
        for members in _payments(list(lines)):
            number += 1
            people += len(members)
            paid += sum((amount_of(line) or Decimal(0) for line in members), Decimal(0))
            yield from _payment(payer, number, members)
    yield ListLine(
        payer,
        {"number": "", "name": "合计", "heads": Decimal(people), "payable": paid},
    )


def _skill_of(line: Told) -> tuple[int, int]:
    return (line.row.release_id, line.decision.skill_id)


def _payments(lines: Sequence[Told]) -> list[list[Told]]:
    """The lines of a skill put together where one sum is shared, best place first."""
    found: dict[tuple[object, ...], list[Told]] = {}
    for line in lines:
        found.setdefault(_sum_of(line), []).append(line)
    return sorted(found.values(), key=lambda members: place_of(members[0]))


def _sum_of(line: Told) -> tuple[object, ...]:
    decision = line.decision
    shared = (decision.entry_id, decision.rulebook, decision.rule, decision.release_id)
    return shared if is_shared(line) else (*shared, line.row.pk)


def is_shared(line: Told) -> bool:
    """Whether the sum is one for several members."""
    detail = line.decision.detail
    return detail.get("share") == "team" and line.result.team_size > 1


def _payment(payer: str, number: int, members: Sequence[Told]) -> Iterator[ListLine]:
    if not is_shared(members[0]):
        for line in members:
            yield cells.line_of(
                line, payer, {**_alone(line), "number": Decimal(number)}
            )
        return
    in_order = sorted(members, key=_position)
    yield ListLine(payer, {**_team(in_order), "number": Decimal(number)})
    for line in in_order:
        yield cells.line_of(line, payer, _member(line))


def _alone(line: Told) -> dict[str, Cell]:
    amount = amount_of(line)
    return {
        **cells.all_cells(line),
        "standard": amount,
        "heads": Decimal(1),
        "each": amount,
        "payable": amount,
        "note": _note(line, amount),
    }


def _member(line: Told) -> dict[str, Cell]:
    written = cells.all_cells(line)
    kept = ("identity_number", "unit", "citation", "reference")
    amount = amount_of(line)
    return {
        **{key: written.get(key, "") for key in kept},
        "number": "",
        "name": f"　{line.row.subject_name}",
        "payable": amount,
        "note": _note(line, amount),
    }


def _team(members: Sequence[Told]) -> dict[str, Cell]:
    first = members[0]
    written = cells.all_cells(first)
    kept = ("competition", "skill", "place", "award", "citation")
    names = "、".join(line.row.subject_name for line in members)
    total, size = total_of(first), first.result.team_size
    head = first.result.delegation or "团队"
    return {
        **{key: written[key] for key in kept},
        "name": f"{head}（{names}）",
        "standard": total,
        "heads": Decimal(size),
        "each": each_of(total, size),
        "note": "；".join(_team_notes(members, total, size)),
    }


def _team_notes(
    members: Sequence[Told], total: Decimal | None, size: int
) -> Iterator[str]:
    if total is not None and (rest := rest_of(total, size)):
        yield f"余 {rest} 元按报名顺序加给在前的队员"
    entered = len(members[0].result.members)
    if entered < size:
        yield f"报名 {entered} 人，按 {size} 人平分"
    if missing := entered - len(members):
        yield f"另 {missing} 名队员不在本表"


def _note(line: Told, amount: Decimal | None) -> str:
    coach = line.row.person_id in line.result.coaches
    return "；".join(
        filter(None, ("指导教练" if coach else "", UNKNOWN if amount is None else ""))
    )


def _position(line: Told) -> int:
    order = [person for person, _unit, _kind in line.result.members]
    person = line.row.person_id
    return order.index(person) if person in order else len(order)


def amount_of(line: Told) -> Decimal | None:
    """What one person is paid; None where no document has said the sum yet."""
    return _money(line.decision.detail, "amount")


def total_of(line: Told) -> Decimal | None:
    """The whole sum a team shares."""
    return _money(line.decision.detail, "total")


def _money(detail: Mapping[str, object], key: str) -> Decimal | None:
    text = str(detail.get(key) or "")
    return Decimal(text) if text else None


def each_of(total: Decimal | None, size: int) -> Decimal | None:
    """The share every member has at least: what the last-listed one is paid."""
    return None if total is None else share_of(total, members=size, position=size)


def rest_of(total: Decimal, size: int) -> Decimal:
    """What is left of a sum once everybody has had the same share, in yuan."""
    each = share_of(total, members=size, position=size)
    left = Fraction(total) - Fraction(each) * size
    return Decimal(left.numerator) / Decimal(left.denominator)


BONUS = Listing(
    name="bonus-payments",
    title="奖金发放表",
    columns=COLUMNS,
    lines=bonus_lines,
    left_open=partial(left_open, kinds=KINDS),
    people=partial(people_on, kinds=KINDS),
    closing_lines=(RULE,),
)
