"""Which entries were to be checked by hand, once more from the head that was printed.

Of all that were marked the best so many percent (rounded up, no shared place cut), of
the rest so many percent (rounded up) whose ticket is smallest: the SHA-256 of the word
``verification``, the head and the entry's id, each on a line of its own.  If the rules
say so, also every two neighbours nearer than one step of the largest aspect.
"""

import hashlib
from typing import Any

from scoring.shadow.marks import stated, stated_text
from scoring.shadow.ratio import NONE, Pair, is_less, over, pair_of, times

UNMARKED = ("absent", "not-scored")


def sample_of(
    scheme: dict[str, Any],
    rows: list[dict[str, Any]],
    rules: dict[str, Any],
    head: str,
) -> list[list[str]]:
    """Every entry to be checked with the reason: top, sample, close; in that order."""
    marked = [row for row in rows if row["standing"] not in UNMARKED]
    ranked = [row for row in marked if row["place"] is not None]
    ranked.sort(key=lambda row: (row["place"], row["entry"]))
    wanted = _so_many(rules["top"], len(marked))
    worst = max([row["place"] for row in ranked[:wanted]], default=0)
    best = [row["entry"] for row in ranked if row["place"] <= worst]
    tickets = sorted(
        (_ticket_of(head, row["entry"]), row["entry"])
        for row in marked
        if row["entry"] not in best
    )
    lucky = tickets[: _so_many(rules["sample"], len(tickets))]
    chosen = [[entry, "top"] for entry in best]
    chosen += [[entry, "sample"] for _ticket, entry in lucky]
    if rules["with_close"]:
        taken = {entry for entry, _why in chosen}
        near = _neighbours(ranked, largest_step_of(scheme))
        chosen += [[entry, "close"] for entry in near if entry not in taken]
    return chosen


def largest_step_of(scheme: dict[str, Any]) -> Pair:
    """What one step of the aspect worth most is worth; of equals the larger step."""
    size, step = NONE, NONE
    for criterion in scheme["criteria"]:
        weight = pair_of(criterion.get("weight")) or (1, 1)
        for sub in criterion["sub_criteria"]:
            for aspect in sub["aspects"]:
                mine = times(pair_of(aspect["maximum"]) or NONE, weight)
                moved = times(_one_step(aspect), weight)
                is_equal = not is_less(mine, size) and not is_less(size, mine)
                if is_less(size, mine) or (is_equal and is_less(step, moved)):
                    size, step = mine, moved
    return step


def _so_many(percent: str, count: int) -> int:
    share = times(pair_of(percent) or NONE, (count, 100))
    return -(-share[0] // share[1])


def _ticket_of(head: str, entry: str) -> str:
    return hashlib.sha256("\n".join(("verification", head, entry)).encode()).hexdigest()


def _neighbours(ranked: list[dict[str, Any]], step: Pair) -> list[str]:
    order = sorted(ranked, key=lambda row: (-row["points"], row["entry"]))
    found: list[str] = []
    for number, row in enumerate(order):
        beside = order[max(number - 1, 0) : number] + order[number + 1 : number + 2]
        gaps = [(abs(row["points"] - other["points"]), 10**6) for other in beside]
        if any(is_less(gap, step) for gap in gaps):
            found.append(row["entry"])
    return found


def _one_step(aspect: dict[str, Any]) -> Pair:
    whole = pair_of(aspect["maximum"]) or NONE
    kind = aspect["kind"]
    if kind == "judgement":
        return over(whole, (3, 1))
    if kind in ("panel", "imported"):
        scale = pair_of(aspect.get("scale")) or whole
        unit = pair_of(aspect.get("step", "0.01")) or NONE
        return over(times(unit, whole), scale) if scale[0] else whole
    if kind == "deduction":
        return stated(aspect, "UNIT") or NONE
    rule = aspect.get("calculation", {}).get("kind", "PASS_FAIL")
    if rule == "NUMBER_COMPLETED":
        return over(whole, stated(aspect, "NUM_POSSIBLE") or (1, 1))
    if rule in ("DIRECT", "RANGED_SCORE"):
        return pair_of(aspect.get("step", "0.01")) or NONE
    if rule == "REGULAR_DIFFERENCE_DEDUCTION":
        taken = stated(aspect, "DEDUCTION") or NONE
        if stated_text(aspect, "DEDUCTION_TYPE").upper() == "PERCENT":
            return over(times(whole, taken), (100, 1))
        return taken
    return whole
