"""Both tenants for the tests that go through every address."""

from unittest.mock import patch

import pytest
from django.db import transaction

from tests.architecture.tenants import OURS, THEIRS, make_tenant


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Both tenants, built once; nothing of it outlives the module."""
    paper = {"return_value": b"%PDF-1.7"}
    pdf = patch("awards.certificates.render_certificates", **paper)
    lists = patch("scoring.result_lists.render_pdf", **paper)
    with django_db_blocker.unblock(), transaction.atomic(), pdf, lists:
        yield make_tenant(OURS, "510000"), make_tenant(THEIRS, "320000")
        transaction.set_rollback(True)
