"""The medal rules of a skill: which is in force and why, what each would give now."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from competitions.models import Skill
from competitions.queries import entries_taking_part
from scoring.core.prizes import PRESETS, WORLDSKILLS_RULES
from scoring.core.results import Rules, Tally, awarded
from scoring.core.scheme import Scheme
from scoring.core.totals import StandingState
from scoring.enums import ResultState
from scoring.models import Override
from scoring.queries.points import tally_of
from scoring.queries.results import prize_scale_of, results_of, rules_of
from scoring.queries.schemes import plan_by_digest, state_of
from scoring.rule_words import RULES, rule_label, rule_source


@dataclass(frozen=True, slots=True)
class RuleView:
    """A medal rule with what it would give: awards with their numbers, best first.

    ``undecided``: places that would wait for the chief judge.
    """

    code: str
    label: str
    source: str
    awards: tuple[tuple[str, int], ...]
    undecided: int
    is_current: bool
    is_fixed: bool  # WorldSkills rules cannot be set by a document's scale


@dataclass(frozen=True, slots=True)
class PlaceRules:
    """Everything the page of places shows; ``is_supposed``: nobody has points yet."""

    scheme: Scheme
    rules: tuple[RuleView, ...]
    in_force: tuple[tuple[str, int], ...]
    citation: str
    minimum_field: int
    field: int
    is_supposed: bool
    may_choose: bool  # before the first mark
    may_cite: bool  # until verified, by a document


def place_rules_of(skill: Skill) -> PlaceRules | None:
    """The rules of a skill with a scheme; None before there is one."""
    state = state_of(skill)
    if state is None:
        return None
    scheme = plan_by_digest(state.scheme.digest).scheme
    tallies, is_supposed = _tallies(skill)
    rules = rules_of(skill, state)
    scale = prize_scale_of(skill)
    is_open = bool(state.opened_at or state.scheme.frozen_at)
    return PlaceRules(
        scheme=scheme,
        rules=tuple(
            _view(scheme, code, tallies, rules, is_current=_is(scheme, scale, code))
            for code in RULES
        ),
        in_force=_counts(scheme, tallies, rules)[0],
        citation=citation_text(scale.citation) if scale else "",
        minimum_field=rules.minimum_field,
        field=sum(row.state is StandingState.RANKED for row in tallies),
        is_supposed=is_supposed,
        may_choose=not is_open,
        may_cite=is_open and state.state == ResultState.PROVISIONAL,
    )


def overrides_of(skill: Skill) -> list[Override]:
    """Every override that was proposed in a skill, newest first, with its people."""
    rows = Override.objects.filter(skill=skill).select_related(
        "entry", "proposed_by__person", "confirmed_by__person"
    )
    return list(rows.order_by("-pk"))


def waiting_overrides(skill: Skill) -> int:
    """How many overrides of a skill wait for a second person."""
    rows = Override.objects.filter(skill=skill, confirmed_at__isnull=True)
    return rows.filter(dropped_at__isnull=True).count()


def citation_text(citation: dict[str, object]) -> str:
    """A citation in one line: document, then clause."""
    parts = (citation.get("document"), citation.get("clause"))
    return " ".join(str(part) for part in parts if part)


def _is(scheme: Scheme, scale: object, code: str) -> bool:
    return scale is None and scheme.medal_rule == code


def _tallies(skill: Skill) -> tuple[list[Tally], bool]:
    """The standings now; before anybody has points, a field in falling order."""
    found = [tally_of(row) for row in results_of(skill)]
    if any(row.state is StandingState.RANKED for row in found):
        return found, False
    count = len(entries_taking_part(skill))
    return [
        Tally(str(n), count - n, state=StandingState.RANKED, order=n)
        for n in range(count)
    ], True


def _view(
    scheme: Scheme,
    code: str,
    tallies: Sequence[Tally],
    rules: Rules,
    *,
    is_current: bool,
) -> RuleView:
    awards, undecided = _counts(
        replace(scheme, medal_rule=code), tallies, replace(rules, steps=None)
    )
    return RuleView(
        code=code,
        label=rule_label(code),
        source=rule_source(code),
        awards=awards,
        undecided=undecided,
        is_current=is_current,
        is_fixed=code in WORLDSKILLS_RULES or not PRESETS[code],
    )


def _counts(
    scheme: Scheme, tallies: Sequence[Tally], rules: Rules
) -> tuple[tuple[tuple[str, int], ...], int]:
    placed = awarded(scheme, tallies, rules).values()
    ordered = sorted(placed, key=lambda row: (row.place is None, row.place or 0))
    counts = Counter(row.award for row in ordered if row.award)
    return tuple(counts.items()), sum(row.is_undecided for row in ordered)
