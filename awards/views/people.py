"""A person before the bureau: what is known, what is missing, forms to fill it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from awards import access, wording, worklist
from awards.actions.decisions import refresh_decisions
from awards.explained import FILLABLE
from awards.forms import (
    EmploymentForm,
    GradeForm,
    NoGradeForm,
    PersonalForm,
    TitleForm,
)
from awards.views import frame
from people.actions.facts import confirm_no_grade, record_grade, record_title
from people.actions.persons import update_person
from people.core import occupations
from people.errors import PeopleError
from people.models import Person
from people.policy import policy
from people.queries import confirmations_of, grades_of, titles_of


@dataclass(frozen=True, slots=True)
class FactKind:
    """One kind of fact that can be filled: its form and the action that records it."""

    title: Any
    hint: Any
    form: type[forms.Form]
    record: Callable[..., object]
    fills: tuple[str, ...]


def _record_grade(person: Person, values: dict[str, Any], **who: Any) -> object:
    return record_grade(person, **values, **who)


def _record_none(person: Person, values: dict[str, Any], **who: Any) -> object:
    return confirm_no_grade(person, **values, **who)


def _record_title(person: Person, values: dict[str, Any], **who: Any) -> object:
    return record_title(person, **values, **who)


def _record_employment(person: Person, values: dict[str, Any], **who: Any) -> object:
    return update_person(person, employment_kind=values["employment_kind"], **who)


def _record_personal(person: Person, values: dict[str, Any], **who: Any) -> object:
    return update_person(person, **{k: v for k, v in values.items() if v}, **who)


KINDS = {
    "grade": FactKind(
        gettext_lazy("现持职业技能等级"),
        gettext_lazy("照等级证书登记"),
        GradeForm,
        _record_grade,
        ("grade_held",),
    ),
    "no-grade": FactKind(
        gettext_lazy("确认没有等级"),
        gettext_lazy("查过、确实没有时才登记"),
        NoGradeForm,
        _record_none,
        (),
    ),
    "title": FactKind(
        gettext_lazy("已获称号"),
        gettext_lazy("全国技术能手等，已有的不重复授予"),
        TitleForm,
        _record_title,
        ("titles",),
    ),
    "employment": FactKind(
        gettext_lazy("身份"),
        gettext_lazy("职工、学生、教师"),
        EmploymentForm,
        _record_employment,
        ("employment",),
    ),
    "personal": FactKind(
        gettext_lazy("出生日期和性别"),
        gettext_lazy("照身份证件登记"),
        PersonalForm,
        _record_personal,
        ("birth_on", "sex"),
    ),
}


@policy("awards.bureau")
@require_GET
def bureau_person(request: HttpRequest, pk: int) -> HttpResponse:
    return _person_page(request, access.person_for(request.user, pk))


@policy("awards.fill_facts")
@require_POST
def bureau_fact(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    person = access.person_for(request.user, pk)
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
    changed = refresh_decisions(person, by=request.user.actor, at=at)
    text = _("已登记，重新判定了 %(n)d 项待遇。") % {"n": len(changed)}
    messages.success(request, text)
    return redirect("bureau_person", pk=person.pk)


@policy("awards.fill_facts")
@require_POST
def bureau_refresh(request: HttpRequest, pk: int) -> HttpResponse:
    person = access.person_for(request.user, pk)
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
    rows = worklist.rows_of_person(access.decisions_for(request.user), person)
    today = timezone.localdate()
    lines = [worklist.row_of(row, today) for row in rows]
    missing = list(dict.fromkeys(code for row in rows for code in row.missing))
    occupation = next((r.skill.occupation_code for r in rows), "")
    return frame.page(
        request,
        "bureau_person.html",
        bureau=access.bureau_of(request.user),
        current="bureau_list",
        status=status,
        person=person,
        rows=lines,
        missing=wording.labels_of(code for code in missing if code in FILLABLE),
        forms=_forms(missing, occupation, filled or {}),
        occupations=occupations.known(),
        grades=_grades(person),
        confirmations=confirmations_of(person),
        titles=titles_of(person),
        certificates=access.certificates_for(request.user).filter(person=person),
    )


def _forms(
    missing: list[str], occupation: str, filled: dict[str, forms.Form]
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
            }
        )
    return items


def _grades(person: Person) -> list[dict[str, str]]:
    return [
        {
            "label": row.grade_label,
            "occupation": f"{row.occupation_name} {row.occupation_code}".strip(),
            "number": row.certificate_number,
            "evidence": row.evidence,
        }
        for row in grades_of(person)
    ]
