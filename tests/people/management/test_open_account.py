"""The first accounts of an installation."""

import io
import json

import pytest
from django.core.management import call_command

from people.models import Membership

pytestmark = pytest.mark.django_db


def opened(monkeypatch, password, username="lin"):
    monkeypatch.setattr("builtins.input", lambda: password)
    out = io.StringIO()
    code = 0
    try:
        call_command(
            "open_account",
            username,
            "--name=林一",
            "--organization=四川省竞赛办",
            "--kind=organizer",
            "--region=510000",
            "--role=organizer",
            "--by=system:setup",
            "--password-stdin",
            "--json",
            stdout=out,
        )
    except SystemExit as end:
        code = end.code
    return json.loads(out.getvalue()), code


def test_an_account_gets_its_role_in_a_new_organization(monkeypatch):
    answer, code = opened(monkeypatch, "a long enough password")

    membership = Membership.objects.select_related("user", "organization").get()
    assert (answer["problems"], code) == ([], 0)
    assert (membership.user.username, membership.organization.kinds) == (
        "lin",
        ["organizer"],
    )


def test_a_weak_password_opens_nothing(monkeypatch):
    answer, code = opened(monkeypatch, "12345678")

    assert (answer["problems"][0]["code"], code) == ("password-weak", 1)
    assert not Membership.objects.exists()
