"""The text of a release: everything downstream may read, and no personal data.

Persons appear by id, decimals as strings; the same text always comes out of the same
rows, so its hash can be compared.
"""

from collections.abc import Sequence
from typing import Any

from competitions.models import Competition, Entry, Skill
from competitions.queries import entries_taking_part
from ledger.core.chain import skill_chain
from ledger.queries import head_of
from scoring.core.rounding import from_scaled
from scoring.models import Result
from scoring.queries.results import field_of, prize_scale_of, results_of
from scoring.queries.schemes import plan_by_digest, state_of

FORMAT = 1


def competition_head(competition: Competition) -> dict[str, Any]:
    """What a release says of its competition."""
    return {
        "code": competition.code,
        "name": competition.name,
        "tier": competition.tier,
        "class": competition.competition_class,
        "kind": competition.kind,
        "region": competition.region,
        "starts_on": competition.starts_on.isoformat(),
        "ends_on": competition.ends_on.isoformat(),
        "document_number": competition.document_number,
        "origin": competition.origin,
        "rehearsal": competition.is_rehearsal,
        "edition_documents": [],
    }


def skill_head(skill: Skill, *, field: int | None, registered: int) -> dict[str, Any]:
    """What a release says of a skill, without its entries.

    ``field`` is how many really competed, None when that is not known.
    """
    return {
        "skill": skill.pk,
        "number": skill.number,
        "name": skill.name,
        "occupation_code": skill.occupation_code,
        "occupation_name": skill.occupation_name,
        "group": skill.group,
        "team_size": skill.team_size,
        "track": skill.track,
        "technical": skill.is_technical,
        "paper_grade": skill.paper_grade,
        "field": field,
        "registered": registered,
        **({"demonstration": True} if skill.is_demonstration else {}),
    }


def entry_head(entry: Entry) -> dict[str, Any]:
    """What a release says of an entry besides its result; members from `entries_of`."""
    return {
        "entry": entry.pk,
        "key": entry.key,
        "code": entry.code,
        "delegation": entry.delegation.name,
        "region": entry.delegation.region,
        "title_granted": "",
        "members": [
            {
                "person": member.person_id,
                "position": member.position,
                "organization": member.organization_id,
                "employment_kind": member.employment_kind,
            }
            for member in sorted(entry.members.all(), key=lambda m: m.position)
        ],
        "coaches": [
            coach.person_id
            for coach in sorted(entry.coaches.all(), key=lambda c: c.position)
        ],
    }


def skill_text(skill: Skill) -> dict[str, Any]:
    """A verified skill with all its entries; a fixed number of queries."""
    state = state_of(skill)
    rows = list(results_of(skill))
    entries = {entry.pk: entry for entry in entries_taking_part(skill)}
    names = _module_names(state.scheme.digest) if state else {}
    scale = prize_scale_of(skill)
    head = head_of([skill_chain(skill.pk)])[skill_chain(skill.pk)]
    return {
        **skill_head(skill, field=field_of(rows), registered=len(entries)),
        "scheme": state.scheme.digest if state else "",
        "chain": {"seq": head.seq, "hash": head.hash},
        "prizes": {} if scale is None else scale.citation,
        "entries": [
            _entry_text(entries[row.entry_id], row, names)
            for row in _in_order(rows)
            if row.entry_id in entries
        ],
    }


def _in_order(rows: Sequence[Result]) -> list[Result]:
    """Ranked entries by place, then the others by their code."""
    return sorted(
        rows, key=lambda row: (row.place is None, row.place or 0, row.entry.code)
    )


def _entry_text(entry: Entry, row: Result, names: dict[str, str]) -> dict[str, Any]:
    return {
        **entry_head(entry),
        "standing": row.standing,
        "place": row.place,
        "place_low": row.place,
        "place_high": row.place,
        "award": row.award,
        "scale_score": row.scale_score,
        "points": str(from_scaled(row.points_scaled)),
        "modules": [
            {
                "letter": module["letter"],
                "name": names.get(module["letter"], ""),
                "points": str(module["points"]),
            }
            for module in row.modules
        ],
    }


def _module_names(digest: str) -> dict[str, str]:
    scheme = plan_by_digest(digest).scheme
    return {criterion.letter: criterion.name for criterion in scheme.criteria}
