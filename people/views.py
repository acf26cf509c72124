"""Signing in and out, and the pages about oneself."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.views import LoginView, LogoutView
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jobs import queries as jobs_queries
from people import actions, queries
from people.core.masking import Audience, ValueKind
from people.errors import PeopleError
from people.forms import PasswordForm, PinForm, SignInForm
from people.models import Person, User
from people.policy import policy
from people.privacy import PURPOSES, seen
from people.register import personal_data

sign_in = policy("people.sign_in")(
    LoginView.as_view(
        template_name="people/sign_in.html",
        authentication_form=SignInForm,
        redirect_authenticated_user=True,
        next_page="first_page",
        extra_context={"current": "login"},
    )
)
sign_out = policy("people.sign_in")(LogoutView.as_view())


@policy("people.me")
def me(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    person = request.user.person
    return render(
        request,
        "people/me.html",
        {
            "memberships": queries.memberships_of(request.user, now),
            "person": person,
            "shown": _own_values(person) if person else [],
            "grades": queries.grades_of(person) if person else [],
            "titles": queries.titles_of(person) if person else [],
            "timeline": _timeline(person) if person else [],
            "purposes": PURPOSES,
        },
    )


def _own_values(person: Person) -> list[tuple[str, str]]:
    kind = person.get_identity_kind_display()
    return [
        (kind or _("证件"), seen(person, ValueKind.IDENTITY, Audience.INTERNAL)),
        (_("联系电话"), seen(person, ValueKind.PHONE, Audience.INTERNAL)),
        (_("单位"), str(person.organization or "")),
    ]


def _timeline(person: Person) -> list[Any]:
    lines = [line for place in personal_data for line in place.timeline(person.pk)]
    return sorted(lines, key=lambda line: line.at, reverse=True)


@policy("people.me")
@require_GET
def my_data(request: HttpRequest) -> HttpResponse:
    """Everything the platform keeps of oneself, app by app, as one JSON file."""
    person = request.user.person
    if person is None:
        messages.error(request, _("账号没有对应的人员档案，没有个人数据可下载。"))
        return redirect("me")
    values = {
        place.name: {"purpose": place.purpose, **place.download(person.pk)}
        for place in personal_data
    }
    response = JsonResponse(
        {"made_at": timezone.localtime().isoformat(timespec="seconds"), **values},
        json_dumps_params={"ensure_ascii": False, "indent": 2},
    )
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    response["Cache-Control"] = "no-store"
    return response


@policy("people.me")
def my_password(request: HttpRequest) -> HttpResponse:
    return _own_secret(request, PasswordForm, _("修改密码"), _change_password)


@policy("people.me")
def my_pin(request: HttpRequest) -> HttpResponse:
    return _own_secret(request, PinForm, _("设置签名 PIN"), _change_pin)


def _change_password(request: HttpRequest, user: User, values: dict[str, str]) -> None:
    at = timezone.now()
    actions.change_password(user, password=values["new"], by=user, at=at)
    update_session_auth_hash(request, user)
    messages.success(request, _("密码已改。"))


def _change_pin(request: HttpRequest, user: User, values: dict[str, str]) -> None:
    actions.set_pin(user, pin=values["pin"], by=user, at=timezone.now())
    messages.success(request, _("PIN 已设置，签名时使用。"))


def _own_secret(
    request: HttpRequest, form_class: type[forms.Form], heading: str, change: Any
) -> HttpResponse:
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not request.user.check_password(form.cleaned_data["current"]):
            form.add_error("current", _("密码不对。"))
        else:
            try:
                change(request, request.user, form.cleaned_data)
                return redirect("me")
            except PeopleError as error:
                form.add_error(None, error.message)
    return render(request, "people/secret.html", {"form": form, "heading": heading})


@policy("people.me")
def my_jobs(request: HttpRequest) -> HttpResponse:
    lines = [
        {
            "job": job,
            "progress": jobs_queries.progress_of(job),
            "has_result": jobs_queries.result_of(job) is not None,
        }
        for job in jobs_queries.jobs_of(request.user.actor)[:100]
    ]
    return render(request, "people/my_jobs.html", {"jobs": lines})


@policy("people.me")
def my_job_result(request: HttpRequest, pk: UUID) -> HttpResponse:
    job = jobs_queries.job_of(request.user.actor, pk)
    path = jobs_queries.result_of(job) if job else None
    if job is None or path is None or not path.exists():
        raise Http404
    response = HttpResponse(path.read_bytes(), content_type="application/octet-stream")
    name = quote(job.result_name or path.name)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    response["Cache-Control"] = "no-store"
    return response
