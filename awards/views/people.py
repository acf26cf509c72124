"""A person before the bureau: what is known, what is missing, forms to fill it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from awards import access, equivalences, person_page, wording
from awards.actions.decisions import refresh_decisions
from awards.actions.looks import record_look
from awards.enums import LookPlace
from awards.explained import FILLABLE
from awards.models import Decision
from awards.queries.duplicates import alike
from awards.queries.joint import joint_among
from awards.queries.looks import looks_at
from awards.views import frame
from awards.views.fact_kinds import KINDS
from people import dossier
from people.actions.persons import survivor_of
from people.core import occupations
from people.enums import StatedField
from people.errors import PeopleError
from people.models import GradeHeld, Organization, Person
from people.policy import policy
from people.queries import same_person_ids, sanctions_on, titles_of


@policy("awards.bureau")
@require_GET
def bureau_person(request: HttpRequest, pk: int) -> HttpResponse:
    person = access.file_for(request.user, pk)
    if person.survivor_id is not None:
        return redirect("bureau_person", pk=survivor_of(person).pk)
    at = timezone.now()
    record_look(person, place=LookPlace.PERSON, by=request.user, at=at)
    return _person_page(request, person)


@policy("awards.fill_facts")
@require_POST
def bureau_fact(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    person = access.file_for(request.user, pk)
    if kind not in KINDS:
        raise Http404
    form = KINDS[kind].form(request.POST)
    if not form.is_valid():
        return _person_page(request, person, filled={kind: form}, status=422)
    at = timezone.now()
    try:
        KINDS[kind].record(person, form.cleaned_data, by=request.user, at=at)
    except PeopleError as refusal:
        form.add_error(None, str(refusal))
        return _person_page(request, person, filled={kind: form}, status=422)
    for finding in getattr(form, "warnings", ()):
        messages.warning(request, finding.message)
    changed = refresh_decisions(person, by=request.user.actor, at=at)
    text = _("已登记，重新判定了 %(n)d 项待遇。") % {"n": len(changed)}
    messages.success(request, text)
    return redirect("bureau_person", pk=person.pk)


@policy("awards.fill_facts")
@require_POST
def bureau_refresh(request: HttpRequest, pk: int) -> HttpResponse:
    person = access.file_for(request.user, pk)
    changed = refresh_decisions(person, by=request.user.actor, at=timezone.now())
    if changed:
        text = _("重新判定了 %(n)d 项待遇。") % {"n": len(changed)}
    else:
        text = _("依据没有变化，判定不变。")
    messages.success(request, text)
    return redirect("bureau_person", pk=person.pk)


def _person_page(
    request: HttpRequest,
    person: Person,
    *,
    filled: dict[str, forms.Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    bureau = access.bureau_of(request.user)
    rows = _decisions(request, person)
    missing = list(dict.fromkeys(code for row in rows for code in row.missing))
    wanted = [code for code in missing if code in FILLABLE]
    occupation = next((r.skill.occupation_code for r in rows), "")
    ids = same_person_ids(person)
    return frame.page(
        request,
        "bureau_person.html",
        bureau=bureau,
        current="bureau_list",
        status=status,
        person=person,
        missing=wording.labels_of(wanted),
        forms=_forms(rows, missing, occupation, filled or {}),
        occupations=occupations.known(),
        certificates=access.certificates_for(request.user).filter(person__in=ids),
        **_history(request, person, rows, bureau),
        **_file(person, bureau),
    )


def _decisions(request: HttpRequest, person: Person) -> list[Decision]:
    """What was decided about a person, under any of their files, lightly loaded."""
    rows = access.decisions_for(request.user).filter(person__in=same_person_ids(person))
    rows = rows.select_related("person__organization", "skill", "release__competition")
    heavy = ("release__text", "release__source", "conditions", "quote")
    return list(rows.defer(*heavy).prefetch_related("entitlements").order_by("pk"))


def _history(
    request: HttpRequest, person: Person, rows: list[Decision], bureau: Organization
) -> dict[str, Any]:
    """Everything across tiers and years, what conflicts, what blocks, who looked."""
    at = timezone.now()
    joint = joint_among({row.release.competition_id for row in rows}, bureau)
    titles = {title.title: title.issuer or "—" for title in titles_of(person)}
    years = person_page.years_of(
        rows, joint=joint, titles=titles, today=timezone.localdate(at)
    )
    units = [person.organization_id] if person.organization_id else []
    blocking = sanctions_on(at, same_person_ids(person), units)
    sees_looks = access.approves(request.user, bureau, at=at)
    return {
        "years": years,
        "count": len(rows),
        "conflicts": person_page.conflicts_of(years),
        "blocking": [
            (record, person_page.effects_of(record))
            for record in blocking.select_related("organization").order_by("pk")
        ],
        "concerned": person_page.under_way(years),
        "alike": alike(person, access.people_for(request.user), bureau),
        "merged": [pk for pk in same_person_ids(person) if pk != person.pk],
        "looks": looks_at(person, bureau) if sees_looks else [],
        "sees_looks": sees_looks,
    }


def _file(person: Person, bureau: Organization) -> dict[str, Any]:
    """What the page shows of the person's file beside the decisions."""
    facts = dossier.facts_of(person)
    in_force = [line for line in facts if line.row.withdrawn_at is None]
    held = [
        line.row.grade
        for line in facts
        if isinstance(line.row, GradeHeld) and line.row.withdrawn_at is None
    ]
    cited = equivalences.cited_equivalences(bureau) if held else []
    return {
        "facts_in_force": in_force,
        "facts_ended": [line for line in facts if line.row.withdrawn_at is not None],
        "values": [(f.label, dossier.value_text(person, f)) for f in StatedField],
        "changes": dossier.changes_of(person),
        "sanctions": dossier.sanctions_of(person),
        "today": timezone.localdate(),
        "matches": dossier.equivalences_of(bureau, held),
        "cited": equivalences.about_grades(cited, held),
    }


def _forms(
    rows: Iterable[Decision],
    missing: list[str],
    occupation: str,
    filled: dict[str, forms.Form],
) -> list[dict[str, Any]]:
    items = []
    for kind, entry in KINDS.items():
        initial = {"occupation_code": occupation}
        form = filled.get(kind) or entry.form(initial=initial, auto_id=f"{kind}_%s")
        wanted = bool(set(entry.fills) & set(missing))
        items.append(
            {
                "kind": kind,
                "title": entry.title,
                "hint": entry.hint,
                "form": form,
                "open": kind in filled or wanted,
                "waiting": [
                    {"pk": row.pk, "what": wording.what(row)}
                    for row in rows
                    if not set(entry.fills).isdisjoint(row.missing)
                ],
            }
        )
    return items
