"""Putting a marking scheme in force for a skill."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from competitions.models import Skill
from ledger.actions import EventDraft, append
from ledger.core.chain import skill_chain
from people.models import User
from people.policy import Actor, actor_of
from scoring.core.rounding import to_scaled
from scoring.core.scheme import Criterion, Scheme
from scoring.core.scheme_text import canonical, digest
from scoring.enums import ResultState
from scoring.errors import SchemeRefused
from scoring.models import Aspect, SkillState, SubCriterion
from scoring.models import Criterion as CriterionRow
from scoring.models import Scheme as SchemeRow
from scoring.queries.schemes import state_of
from scoring.signals import announce_scoreboard


@transaction.atomic
def import_scheme(
    skill: Skill,
    *,
    scheme: Scheme,
    source_name: str,
    source_digest: str,
    findings: Sequence[dict[str, object]],
    by: User,
    at: datetime,
) -> SchemeRow:
    """Put ``scheme`` in force as the skill's next version.

    Refused once the scheme in force is frozen or sheets exist, and when ``findings``
    (problems as plain values) hold an error.
    """
    require_no_errors(findings)
    state = state_of(skill)
    if state is not None and (state.opened_at or state.scheme.frozen_at):
        raise SchemeRefused(
            _("已经开始评分，评分方案不能直接换；请提出新版本，由另一人确认。"),
            "scheme-in-use",
        )
    row = store_scheme(
        skill,
        scheme=scheme,
        version=1 if state is None else state.scheme.version + 1,
        source=(source_name, source_digest),
        findings=findings,
        by=by,
        at=at,
    )
    SkillState.objects.update_or_create(
        skill=skill,
        defaults={"scheme": row},
        create_defaults={"scheme": row, "state": ResultState.PROVISIONAL},
    )
    body = {"scheme": row.digest, "version": row.version, "source": source_digest}
    _note(skill, "scheme-import", body, by=by, at=at)
    announce_scoreboard(skill.pk)
    return row


def require_no_errors(findings: Sequence[dict[str, object]]) -> None:
    """Refuse a text that was read with errors."""
    errors = [finding for finding in findings if finding.get("severity") == "error"]
    if errors:
        raise SchemeRefused(
            _("文件有 %(count)d 处错误，先改好再导入。") % {"count": len(errors)},
            "scheme-errors",
        )


def store_scheme(
    skill: Skill,
    *,
    scheme: Scheme,
    version: int,
    source: tuple[str, str],
    findings: Sequence[dict[str, object]],
    by: User,
    at: datetime,
) -> SchemeRow:
    """Write a version with all of its parts; it is not in force by that.

    ``source`` is the name and the digest of what it was read from.
    """
    name, source_digest = source
    row = SchemeRow.objects.create(
        skill=skill,
        version=version,
        title=scheme.title[:200],
        text=canonical(scheme),
        digest=digest(scheme),
        source_name=name[:200],
        source_digest=source_digest,
        findings=list(findings),
        imported_by=by,
        imported_at=at,
    )
    _create_parts(row, scheme)
    return row


def _create_parts(row: SchemeRow, scheme: Scheme) -> None:
    criteria = CriterionRow.objects.bulk_create(
        CriterionRow(scheme=row, letter=c.letter, name=c.name[:200], position=position)
        for position, c in enumerate(scheme.criteria, start=1)
    )
    for parent, criterion in zip(criteria, scheme.criteria, strict=True):
        _create_sub_criteria(parent, criterion)


def _create_sub_criteria(parent: CriterionRow, criterion: Criterion) -> None:
    rows = SubCriterion.objects.bulk_create(
        SubCriterion(
            criterion=parent,
            code=sub.code,
            name=sub.name[:300],
            day=sub.day,
            panel=sub.panel,
            second_panel=sub.dual.panel if sub.dual else "",
            position=position,
        )
        for position, sub in enumerate(criterion.sub_criteria, start=1)
    )
    Aspect.objects.bulk_create(
        Aspect(
            sub_criterion=row,
            code=aspect.code,
            kind=aspect.kind.value,
            maximum_scaled=to_scaled(aspect.maximum),
            position=position,
        )
        for row, sub in zip(rows, criterion.sub_criteria, strict=True)
        for position, aspect in enumerate(sub.aspects, start=1)
    )


def _note(
    skill: Skill, kind: str, body: dict[str, object], *, by: Actor, at: datetime
) -> None:
    draft = EventDraft(kind, body)
    append(skill_chain(skill.pk), [draft], actor=actor_of(by), at=at)
