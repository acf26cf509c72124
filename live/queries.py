"""Reads of the published snapshots; and which boards a change of chains touches."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from competitions.models import Skill
from ledger.core.chain import ChainRef, competition_chain, skill_chain
from live.models import Snapshot

Key = tuple[str, str]
PULSE: Key = ("", "")


@dataclass(frozen=True, slots=True)
class Board:
    """A skill with the chains its board depends on."""

    skill: Skill
    chains: tuple[ChainRef, ...]

    def built_from(self, heads: dict[ChainRef, int]) -> int:
        """Return the input revision of this board at these heads."""
        return sum(heads.get(chain, 0) for chain in self.chains)


def snapshot_of(board: str, audience: str) -> Snapshot | None:
    """Return what an audience sees now; None when it sees nothing.

    Its ``pulse`` says when all boards were last up to date (None: never yet).
    """
    rows = Snapshot.objects.filter(_among([(board, audience), PULSE]))
    found = {(row.board, row.audience): row for row in rows}
    snapshot, pulse = found.get((board, audience)), found.get(PULSE)
    if snapshot is None or not snapshot.text:
        return None
    snapshot.pulse = pulse.checked_at if pulse else None
    return snapshot


def seqs_and_pulse(keys: Sequence[Key]) -> tuple[dict[Key, int], datetime | None]:
    """Return the published sequence of many boards, and when all were last up to date.

    One query, whatever the number of boards.
    """
    wanted = _among(keys) | Q(board=PULSE[0], audience=PULSE[1])
    rows = Snapshot.objects.filter(wanted).values_list(
        "board", "audience", "seq", "checked_at"
    )
    seqs, pulse = {}, None
    for board, audience, seq, checked_at in rows:
        if (board, audience) == PULSE:
            pulse = checked_at
        else:
            seqs[board, audience] = seq
    return seqs, pulse


def texts_of(keys: Sequence[Key]) -> dict[Key, tuple[int, str]]:
    """Return sequence and payload of many boards, in one query."""
    if not keys:
        return {}
    rows = Snapshot.objects.filter(_among(keys)).values_list(
        "board", "audience", "seq", "text"
    )
    wanted = set(keys)
    return {(b, a): (seq, text) for b, a, seq, text in rows if (b, a) in wanted}


def built_froms(boards: Iterable[str]) -> dict[Key, int]:
    """Return the input revision each stored snapshot was computed from."""
    rows = Snapshot.objects.filter(board__in=list(boards))
    return {
        (b, a): n for b, a, n in rows.values_list("board", "audience", "built_from")
    }


def public_summaries() -> list[dict[str, Any]]:
    """Return what lists of boards show of every public board, newest change first."""
    rows = Snapshot.objects.filter(audience="public").exclude(text="")
    return [
        {**summary, "board": board, "published_at": published_at}
        for board, summary, published_at in rows.order_by("-published_at").values_list(
            "board", "summary", "published_at"
        )
    ]


def boards_of(changed: Iterable[ChainRef]) -> list[Board]:
    """Return the boards that depend on one of these chains, in one query."""
    skills: set[int] = set()
    competitions: set[int] = set()
    for chain in changed:
        (skills if chain.kind == "skill" else competitions).add(int(chain.ref))
    found = Skill.objects.filter(
        Q(pk__in=skills) | Q(competition__in=competitions)
    ).select_related("competition")
    return [
        Board(skill, (skill_chain(skill.pk), competition_chain(skill.competition_id)))
        for skill in found.order_by("pk")
    ]


def _among(keys: Sequence[Key]) -> Q:
    boards = {board for board, _ in keys}
    audiences = {audience for _, audience in keys}
    return Q(board__in=boards, audience__in=audiences)
