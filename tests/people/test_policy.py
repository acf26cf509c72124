"""Who may try what; objects are not this module's question."""

import json

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory

from people import register
from people.policy import allows, policy
from people.register import PUBLIC, SIGNED_IN, Permission, PermissionRegister
from tests.factories import make_member, make_organization, make_person, make_user

DECLARED = (
    Permission("test.public", (PUBLIC,), ""),
    Permission("test.signed_in", (SIGNED_IN,), ""),
    Permission("test.organize", ("organizer",), ""),
    Permission("test.mark", ("judge",), ""),
    Permission("test.either", ("organizer", "judge"), ""),
)


@pytest.fixture(autouse=True)
def declared(monkeypatch):
    own = PermissionRegister()
    own.add(*DECLARED)
    monkeypatch.setattr("people.policy.permissions", own)


def may(user):
    return {
        permission.name.removeprefix("test.")
        for permission in DECLARED
        if allows(user, permission.name)
    }


@pytest.mark.django_db
def test_each_kind_of_user_may_try_what_its_roles_open():
    organizer = make_member(make_organization(), "organizer")
    judge = make_user(person=make_person())
    nobody = make_user()
    inactive = make_user()
    inactive.is_active = False

    assert may(AnonymousUser()) == {"public"}
    assert may(nobody) == {"public", "signed_in"}
    assert may(inactive) == {"public"}
    assert may(organizer) == {"public", "signed_in", "organize", "either"}
    assert may(judge) == {"public", "signed_in", "mark", "either"}


@policy("test.organize")
def page(request):
    return HttpResponse("page")


@pytest.mark.django_db
def test_a_view_asks_for_sign_in_then_for_the_role():
    request = RequestFactory().get("/organize/?q=1")

    request.user = AnonymousUser()
    assert page(request).headers["Location"] == "/sign-in/?next=/organize/%3Fq%3D1"
    request.user = make_user()
    with pytest.raises(PermissionDenied):
        page(request)
    request.user = make_member(make_organization(), "organizer")
    assert page(request).content == b"page"


@pytest.mark.django_db
def test_a_script_is_answered_in_json():
    request = RequestFactory().post("/marks", content_type="application/json")

    request.user = AnonymousUser()
    signed_out = page(request)
    request.user = make_user()
    without_role = page(request)

    assert (signed_out.status_code, without_role.status_code) == (401, 403)
    assert json.loads(signed_out.content)["error"]


def test_a_public_page_needs_no_sign_ins_at_all():
    @policy("test.public")
    def board(request):
        return HttpResponse("board")

    assert board(RequestFactory().get("/")).content == b"board"


def test_a_consumer_only_carries_its_name():
    @policy("test.public")
    class Consumer:
        pass

    assert Consumer.policy_name == "test.public"


def test_a_permission_is_declared_once():
    own = PermissionRegister()
    own.add(*DECLARED)
    own.add(*DECLARED)

    assert [permission.name for permission in own] == [p.name for p in DECLARED]
    with pytest.raises(ValueError, match="twice"):
        own.add(Permission("test.public", (SIGNED_IN,), ""))


def test_the_project_declares_what_these_pages_use():
    assert "people.sign_in" in register.permissions
    assert "competitions.organize" in register.permissions
