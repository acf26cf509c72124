"""The audit page: one result down to each mark, each calculation, each rounding."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from competitions.navigation import office_context
from people.policy import policy
from scoring import access
from scoring.core.rounding import from_scaled, plain_text, to_scaled
from scoring.enums import Standing
from scoring.queries.changes import reader_of
from scoring.queries.derivation import Derivation, SheetTrace, derivation_of
from scoring.queries.results import current_release
from scoring.rule_words import tie_choices
from scoring.views import audit_words as words


@require_GET
@policy("scoring.audit_result")
def entry_audit(request: HttpRequest, pk: int) -> HttpResponse:
    entry = access.entry_for_audit(request.user, pk, timezone.now())
    found = derivation_of(entry)
    if found is None:
        raise Http404
    standing = found.result.standing
    ties = dict(tie_choices(found.scheme))
    context = {
        "entry": entry,
        "skill": entry.skill,
        "may_change": bool(reader_of(entry.skill, request.user).roles),
        "result": found.result,
        "standing": "" if standing == Standing.RANKED else Standing(standing).label,
        "confirmed": found.confirmed,
        "digest": found.digest[:32],
        "release": current_release(entry.skill),
        "criteria": [_criterion(found, trace) for trace in found.criteria],
        "total": _total(found),
        "penalties": found.penalties,
        "overrides": found.overrides,
        "ties": [(ties.get(tie, tie), value) for tie, value in found.ties],
        **office_context(request.user, entry.skill.competition, "organize_competition"),
    }
    return render(request, "scoring/entry_audit.html", context)


def _total(found: Derivation) -> dict[str, Any]:
    return {
        "parts": [
            {"letter": trace.criterion.letter, "value": _exact(trace.total.weighted)}
            for trace in found.criteria
        ],
        "earned": _exact(found.earned),
        "deducted": _exact(found.total.penalties) if found.total.penalties else "",
        "unrounded": _exact(found.total.unrounded),
        "stage": words.stage_text(found.scheme.rounding.total),
        "points": _points(found.total.points),
    }


def _criterion(found: Derivation, trace: Any) -> dict[str, Any]:
    weight = trace.criterion.weight
    return {
        "letter": trace.criterion.letter,
        "name": trace.criterion.name,
        "unrounded": _exact(trace.total.unrounded),
        "stage": words.stage_text(found.scheme.rounding.criterion),
        "points": _points(trace.total.points),
        "weight": "" if weight is None else plain_text(weight),
        "weighted": _exact(trace.total.weighted),
        "sheets": [_sheet(found, sheet) for sheet in trace.sheets],
    }


def _sheet(found: Derivation, trace: SheetTrace) -> dict[str, Any]:
    panel, dual = trace.sub.panel, trace.sub.dual
    second = dual.panel if dual else ""
    return {
        "pk": trace.pk,
        "code": trace.sub.code,
        "name": trace.sub.name,
        "version": trace.version,
        "unrounded": _exact(trace.total.unrounded),
        "stage": words.stage_text(found.scheme.rounding.sub_criterion),
        "points": _points(trace.total.points),
        "aspects": [
            _aspect(found, (panel, second), aspect) for aspect in trace.aspects
        ],
        "signatures": [
            {"role": words.role_text(s.role, panel, s.seat), "trace": s}
            for s in trace.signatures
        ],
    }


def _aspect(found: Derivation, panels: tuple[str, str], trace: Any) -> dict[str, Any]:
    outcome = trace.outcome
    is_settled = outcome.unrounded is not None
    return {
        "code": trace.aspect.code,
        "title": trace.aspect.description,
        "heading": words.heading(trace.aspect),
        "formula": words.formula(trace, panels),
        "state": words.state_text(outcome.state),
        "unrounded": _exact(outcome.unrounded) if is_settled else "",
        "stage": words.stage_text(found.scheme.rounding.aspect)
        if outcome.points != outcome.unrounded
        else "",
        "points": _points(outcome.points) if is_settled else "",
        "marks": [
            {
                "seat": words.seat_text(panels[0], mark, panels[1]),
                "value": words.mark_text(trace.aspect, mark),
                "remark": mark.remark,
                "at": mark.marked_at,
                "seq": mark.seq,
                "hash": mark.hash[:16],
            }
            for mark in trace.marks
        ],
        "missing": _("还差 %(count)d 个") % {"count": trace.expected - len(trace.marks)}
        if trace.expected > len(trace.marks)
        else "",
    }


def _exact(value: Any) -> str:
    return words.exact_text(value)


def _points(value: Any) -> str:
    return str(from_scaled(to_scaled(value)))
