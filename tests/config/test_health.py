"""Whether the server lives, and whether it can work."""

import pytest
from django.db import DatabaseError
from django.urls import reverse

from config import health


def test_alive_needs_no_database(client):
    response = client.get(reverse("healthz"))

    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_ready_when_the_database_stands_at_the_code(client):
    response = client.get(reverse("readyz"))

    assert (response.status_code, response.json()) == (
        200,
        {"database": True, "migrations": True, "certificates": True},
    )


def test_not_ready_without_a_database(client, monkeypatch):
    def refuse(*args):
        raise DatabaseError

    monkeypatch.setattr(health, "MigrationExecutor", refuse)

    response = client.get(reverse("readyz"))

    assert (response.status_code, response.json()) == (
        503,
        {"database": False, "migrations": False, "certificates": True},
    )


@pytest.mark.django_db
def test_missing_pdf_libraries_are_told_and_stop_nothing(client, monkeypatch):
    monkeypatch.setattr(health, "check_pdf_libraries", lambda: ["missing"])

    response = client.get(reverse("readyz"))

    assert (response.status_code, response.json()) == (
        200,
        {"database": True, "migrations": True, "certificates": False},
    )
