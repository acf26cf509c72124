"""What a confirmed document sets in the apps below, each value with its citation."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from awards.core.rulebook import Citation, Document, Prize, Rulebook, TierRole
from awards.errors import DocumentRefused
from competitions.actions.competitions import (
    set_entry_conditions,
    set_minimum_field,
    set_tier_roles,
)
from competitions.models import Competition
from people.policy import Actor
from scoring.actions.prizes import set_prize_scale
from scoring.errors import ScoringError

ROUNDINGS = {"floor": "down", "ceil": "up", "half-up": "half-up"}


def cited(document: Document, citation: Citation) -> str:
    """A citation in one line: title, number, clause."""
    number = f"（{document.number}）" if document.number else ""
    return f"《{document.title}》{number}{citation.clause}"


def hand_down(
    competition: Competition, book: Rulebook, *, by: Actor, at: datetime
) -> None:
    """Set tier role, entry conditions, minimum field and prizes of a competition."""
    for role in book.tier_roles:
        if _plays(role, competition):
            set_tier_roles(
                competition,
                role=role.role,
                citation=cited(book.document, role.citation),
                by=by,
                at=at,
            )
    if book.entries:
        conditions = entry_conditions(book)
        set_entry_conditions(competition, conditions=conditions, by=by, at=at)
    for constraint in book.constraints:
        if constraint.kind == "minimum-field" and constraint.field is not None:
            set_minimum_field(
                competition,
                entries=constraint.field,
                citation=cited(book.document, constraint.citation),
                otherwise="不授予奖励",
                by=by,
                at=at,
            )
    if book.prizes:
        _set_prizes(competition, book, by=by, at=at)


def _plays(role: TierRole, competition: Competition) -> bool:
    named = not role.named or any(part in competition.name for part in role.named)
    kind = not role.kind or competition.kind in role.kind
    return competition.tier in role.tiers and kind and named


def _set_prizes(
    competition: Competition, book: Rulebook, *, by: Actor, at: datetime
) -> None:
    """Set the prizes unless they stand already; late ones are refused with a remedy."""
    if any(prize.points_at_least is not None for prize in book.prizes):
        text = _("按标准分授予的奖项由名次规则决定，请在赛项的名次规则中选定。")
        raise DocumentRefused("prizes", text)
    try:
        set_prize_scale(
            competition,
            None,
            steps=prize_steps(book.document, book.prizes),
            citation={"document": book.document.title, "rulebook": book.document.id},
            by=by,
            at=at,
        )
    except ScoringError as error:
        raise DocumentRefused("prizes", str(error)) from error


def entry_conditions(book: Rulebook) -> list[dict[str, object]]:
    """The entry conditions of a document as competitions stores them."""
    conditions = []
    for entry in book.entries:
        values: dict[str, object] = {
            "age_at_least": entry.age_at_least,
            "age_at_most": entry.age_at_most,
            "below_retirement": entry.below_retirement,
            "groups": list(entry.groups),
            "in_occupation": entry.in_occupation,
            "track": entry.track,
        }
        stated = {name: value for name, value in values.items() if value}
        citation = cited(book.document, entry.citation)
        conditions.append({"id": entry.id, "citation": citation, **stated})
    return conditions


def prize_steps(document: Document, prizes: Sequence[Prize]) -> list[dict[str, Any]]:
    """The prizes of a document as steps of a scale, best first.

    A share or number without a place is this prize's own; with a first place, the
    share says where the prize ends.
    """
    steps = []
    for prize in sorted(prizes, key=lambda prize: (prize.award.level, prize.id)):
        step: dict[str, Any] = {
            "award": prize.label,
            "citation": cited(document, prize.citation),
        }
        if prize.rank_from is not None:
            step["from"] = prize.rank_from
        if prize.share is not None:
            step["share"] = str(prize.share)
            step["rounding"] = ROUNDINGS[prize.rounding]
        else:
            step["to"] = prize.rank_to or prize.count
        if prize.rank_from is None and prize.rank_to is None:
            step["band"] = True
        steps.append(step)
    return steps
