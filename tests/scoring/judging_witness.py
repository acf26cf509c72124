"""What the ledger alone tells of a small contest's signatures, requests and seats.

The state machine of ``judging_machine`` asks it after every step.  It shares no code with
what it watches: it reads events, and says what must never be.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

MARKS = ("mark", "mark-withdraw")
ONE_OF = ("judge", "chief-judge", "supervisor")


class Violation(AssertionError):
    """Something happened that must never happen; the text says what."""


def require(is_so: object, *words: object) -> None:
    if not is_so:
        raise Violation(" ".join(str(word) for word in words))


@dataclass
class Asked:
    """A request as its event told it, and what came of it."""

    by: str
    role: str
    cell: tuple[int, str, int]
    new: tuple[str, str]
    approved_by: str = ""
    until: datetime | None = None
    is_over: bool = False  # rejected, withdrawn or done


@dataclass
class Witness:
    """``sheets`` are (entry, panel, seats) by id; ``holders`` whose each seat was."""

    sheets: dict[int, tuple[int, str, tuple[int, ...]]]
    holders: dict[tuple[str, int], set[tuple[str, int | None]]]
    signed: dict[int, set[tuple[str, str]]] = field(
        default_factory=lambda: defaultdict(set)
    )
    guarded: set[int] = field(default_factory=set)
    requests: dict[int, Asked] = field(default_factory=dict)
    proposals: dict[int, str] = field(default_factory=dict)
    is_verified: bool = False
    is_drawn: bool = False
    is_checked: bool = False

    def hear(self, kind: str, body: dict[str, Any], actor: str, at: datetime) -> None:
        """Take in one event of the skill's chain."""
        listener = getattr(self, f"_{kind.replace('-', '_')}", None)
        if kind in MARKS:
            self._enter(body, actor, at)
        elif kind.startswith("change-"):
            self._change(kind, body, actor, at)
        elif listener is not None:
            listener(body, actor)

    def _sign(self, body: dict[str, Any], actor: str) -> None:
        for sheet, *_place in body["sheets"]:
            role = body["role"]
            roles = {held for held, by in self.signed[sheet] if by == actor} | {role}
            require(len(roles & set(ONE_OF)) == 1, actor, "signs in two roles", roles)
            if role != "judge":
                before = ONE_OF[ONE_OF.index(role) - 1]
                missing = self.missing(sheet, ONE_OF[: ONE_OF.index(before) + 1])
                require(not missing, role, "signs before", missing)
            self.signed[sheet].add((role, actor))

    def _signatures_void(self, body: dict[str, Any], _actor: str) -> None:
        for sheet, *_place in body["sheets"]:
            self.signed[sheet].clear()
            self.guarded.discard(sheet)
            if str(body["cause"]).startswith("change:"):
                self.guarded.add(sheet)

    def _reserve_seated(self, body: dict[str, Any], _actor: str) -> None:
        for entry in body["entries"] or [None]:
            self.holders[body["panel"], body["number"]].add((body["to"], entry))

    def _verify(self, _body: dict[str, Any], _actor: str) -> None:
        self.require_signed("verified")
        require(self.is_checked, "verified before the check by sample was signed")
        self.is_verified = True

    def _results_reopen(self, _body: dict[str, Any], _actor: str) -> None:
        self.is_verified = False

    def _tie_decision(self, _body: dict[str, Any], _actor: str) -> None:
        require(not self.is_verified, "places decided after they were verified")

    _tie_decision_withdrawn = _tie_decision

    def _verification_drawn(self, _body: dict[str, Any], _actor: str) -> None:
        require(not self.is_drawn, "a second draw")
        self.is_drawn = True

    def _verification_signed(self, _body: dict[str, Any], _actor: str) -> None:
        self.is_checked = True

    def _scheme_propose(self, body: dict[str, Any], actor: str) -> None:
        self.proposals[body["proposal"]] = actor

    def _scheme_version(self, body: dict[str, Any], actor: str) -> None:
        require(actor != body["proposed_by"], actor, "confirms the own version")

    def _enter(self, body: dict[str, Any], actor: str, at: datetime) -> None:
        """A mark on a sheet that anybody signed came through an approved request."""
        sheet = body["sheet"]
        is_shut = self.signed[sheet] or sheet in self.guarded or self.is_verified
        if not is_shut:
            return
        asked = self.requests.get(body.get("change") or 0)
        require(asked, actor, "changes a signed sheet without a request:", body)
        assert asked is not None
        require(asked.approved_by, actor, "changes a cell nobody has approved:", body)
        require(not asked.is_over, "a request is used that was closed:", body)
        require(asked.until and at <= asked.until, "a cell is used too late:", body)
        cell = (sheet, body["aspect"], body["seat"])
        require(asked.cell == cell, "another cell than was approved:", body)
        value = (body["state"], body["value"])
        require(asked.new == value, "another value than was approved:", body)

    def _change(
        self, kind: str, body: dict[str, Any], actor: str, at: datetime
    ) -> None:
        if kind == "change-request":
            cell = (body["sheet"], body["aspect"], body["seat"])
            new = tuple(body["new"])
            self.requests[body["change"]] = Asked(actor, body["role"], cell, new)
            return
        asked = self.requests[body["change"]]
        require(not asked.is_over, "a closed request moves:", kind, body)
        if kind == "change-approve":
            require(actor != asked.by, actor, "approves the own request")
            require(body["role"] != asked.role, "approved in the role of the asker")
            require(not asked.approved_by, "approved twice")
            asked.approved_by = actor
            asked.until = datetime.fromisoformat(body["until"])
            return
        if kind == "change-reject":
            require(actor != asked.by, actor, "rejects the own request")
        if kind == "change-withdraw":
            require(actor == asked.by, actor, "withdraws what somebody else asked")
        asked.is_over = True

    def missing(self, sheet: int, roles: tuple[str, ...] = ONE_OF) -> list[object]:
        """The seats and roles that have not signed a sheet as it stands."""
        entry, panel, seats = self.sheets[sheet]
        by_role = defaultdict(set)
        for role, actor in self.signed[sheet]:
            by_role[role].add(actor)
        lacking: list[object] = [role for role in roles[1:] if not by_role[role]]
        for seat in seats:
            held = self.holders[panel, seat]
            able = {actor for actor, only in held if only in (None, entry)}
            if not able & by_role["judge"]:
                lacking.append(seat)
        return lacking

    def require_signed(self, what: str) -> None:
        """Every seat, the chief judge and the supervisor have signed every sheet."""
        missing = {sheet: self.missing(sheet) for sheet in self.sheets}
        require(not any(missing.values()), what, "while signatures lack:", missing)
