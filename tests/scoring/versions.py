"""A contest whose frozen scheme is to get another version, and how one is made."""

from collections.abc import Callable, Collection
from dataclasses import replace
from decimal import Decimal
from typing import Any

from people.actions import set_pin
from scoring.actions.rehearsal import Rehearsal
from scoring.actions.scheme_drafts import begin_draft
from scoring.actions.scheme_versions import (
    confirm_version,
    preview_digest,
    propose_version,
    rehearse_version,
)
from scoring.core.scheme import Aspect, Scheme
from scoring.core.scheme_text import parse
from scoring.models import Scheme as SchemeRow
from scoring.models import SchemeProposal
from scoring.queries.scheme_versions import review_of
from scoring.queries.schemes import scheme_of
from tests.factories import AT
from tests.scoring.contest import PIN, Contest

REASON = "技术文件勘误第 2 号"


def changed(scheme: Scheme, **aspects: Any) -> Scheme:
    """The scheme with other values of some aspects; None takes one out."""

    def each(aspect: Aspect) -> list[Aspect]:
        name = aspect.code.replace(".", "_")
        if name not in aspects:
            return [aspect]
        return [] if aspects[name] is None else [replace(aspect, **aspects[name])]

    return replace(
        scheme,
        criteria=tuple(
            replace(
                criterion,
                sub_criteria=tuple(
                    replace(sub, aspects=tuple(a for x in sub.aspects for a in each(x)))
                    for sub in criterion.sub_criteria
                ),
            )
            for criterion in scheme.criteria
        ),
    )


def maxima(**values: str) -> dict[str, dict[str, Decimal]]:
    return {code: {"maximum": Decimal(value)} for code, value in values.items()}


def propose(
    contest: Contest,
    change: Callable[[Scheme], Scheme],
    *,
    dropped: Collection[str] = (),
    **more: Any,
) -> SchemeProposal:
    """The organizer writes the change into a copy and proposes it."""
    set_pin(contest.organizer, pin=PIN, by=contest.organizer, at=AT)
    scheme = scheme_of(contest.skill)
    assert scheme is not None
    draft = begin_draft(
        contest.skill,
        scheme=change(scheme),
        source_name="由现行方案改写",
        by=contest.organizer,
        at=contest.now(),
    )
    return propose_version(
        contest.skill,
        seen=draft.digest,
        reason=more.pop("reason", REASON),
        dropped=dropped,
        secret=more.pop("secret", PIN),
        by=more.pop("by", contest.organizer),
        at=contest.now(),
    )


def preview(contest: Contest, proposal: SchemeProposal) -> tuple[Rehearsal, str]:
    """What the second person sees, and its digest."""
    review = review_of(contest.skill, parse(proposal.text))
    found = rehearse_version(contest.skill, review, by=contest.chief, at=contest.now())
    return found, preview_digest(contest.skill, review, found)


def confirm(contest: Contest, proposal: SchemeProposal, **more: Any) -> SchemeRow:
    seen = more.pop("seen", None) or preview(contest, proposal)[1]
    return confirm_version(
        proposal,
        seen=seen,
        secret=more.pop("secret", PIN),
        by=more.pop("by", contest.chief),
        at=contest.now(),
    )
