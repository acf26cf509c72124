"""Signing in and out, and the pages about oneself."""

import pytest

from jobs.models import Job
from people.models import User
from tests.factories import (
    AT,
    PASSWORD,
    identity_number,
    make_member,
    make_organization,
    make_person,
    make_user,
)

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def test_a_wrong_password_says_neither_which_was_wrong(client):
    user = make_user("lin")

    known = client.post("/sign-in/", {"username": user.username, "password": "wrong"})
    unknown = client.post("/sign-in/", {"username": "nobody", "password": "wrong"})

    assert "账号或密码不对" in text(known)
    assert "账号或密码不对" in text(unknown)


def test_repeated_failures_lock_the_account_even_for_the_right_password(client):
    make_user("lin")
    for _try in range(5):
        client.post("/sign-in/", {"username": "lin", "password": "wrong"})

    response = client.post("/sign-in/", {"username": "lin", "password": PASSWORD})

    assert response.status_code == 429
    assert "_auth_user_id" not in client.session


def test_after_sign_in_one_goes_where_one_wanted(client):
    make_user("lin")

    response = client.post(
        "/sign-in/", {"username": "lin", "password": PASSWORD, "next": "/me/"}
    )

    assert response.headers["Location"] == "/me/"


def test_signing_out_needs_a_post(client):
    client.force_login(make_user())

    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/").headers["Location"] == "/"
    assert "_auth_user_id" not in client.session


def test_ones_own_page_shows_roles_and_masks_numbers(client):
    number = identity_number("19800307", 33)
    person = make_person("林一", identity_number=number, phone="13812345678")
    user = make_user("lin", person=person)
    office = make_organization("四川省竞赛办")
    client.force_login(user)

    page = text(client.get("/me/"))

    assert "林一" in page
    assert number[:3] + "*" * 11 + number[-4:] in page
    assert number not in page
    assert "138****5678" in page
    client.force_login(make_member(office, "organizer"))
    assert "四川省竞赛办" in text(client.get("/me/"))


def test_the_pages_about_oneself_ask_for_sign_in(client):
    places = [
        client.get(path).headers["Location"]
        for path in ("/me/", "/me/pin/", "/me/password/", "/me/jobs/")
    ]

    assert all(place.startswith("/sign-in/?next=") for place in places)


def test_a_password_is_changed_with_the_old_one_and_the_rules(client):
    user = make_user("lin")
    client.force_login(user)

    def change(current, new):
        return client.post(
            "/me/password/", {"current": current, "new": new, "again": new}
        )

    assert "密码不对" in text(change("wrong", "another long one"))
    assert change(PASSWORD, "12345678").status_code == 200
    assert change(PASSWORD, "another long one").headers["Location"] == "/me/"
    assert User.objects.get(pk=user.pk).check_password("another long one")
    assert client.get("/me/").status_code == 200  # still signed in


def test_a_pin_is_set_with_the_password(client):
    user = make_user("zhao")
    client.force_login(user)
    values = {"current": PASSWORD, "pin": "111111", "again": "111111"}

    weak = client.post("/me/pin/", values)
    client.post("/me/pin/", values | {"pin": "274913", "again": "274913"})

    assert "太容易猜到" in text(weak)
    assert User.objects.get(pk=user.pk).pin


def test_jobs_are_ones_own(client):
    user = make_user()
    own = Job.objects.create(kind="import-own", owner=user.actor, created_at=AT)
    Job.objects.create(kind="import-other", owner="user:0", created_at=AT)
    client.force_login(user)

    page = text(client.get("/me/jobs/"))

    assert own.kind in page
    assert "import-other" not in page
    assert client.get(f"/me/jobs/{own.pk}/").status_code == 404
