"""Migrations: complete, one end per app, named for what they do."""

import pytest
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from tests.architecture.sources import LAYERS, ROOT, named

FILES = [
    path for app in LAYERS for path in sorted((ROOT / app / "migrations").glob("0*.py"))
]


@pytest.mark.django_db
def test_models_and_migrations_agree():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_every_app_has_one_last_migration():
    graph = MigrationLoader(None).graph

    ends = [app for app, _ in graph.leaf_nodes() if app in LAYERS]

    assert sorted(ends) == sorted(set(ends))


@pytest.mark.parametrize("path", FILES, ids=named)
def test_migration_is_named_for_what_it_does(path):
    assert "_auto_" not in path.name


@pytest.mark.parametrize("path", FILES, ids=named)
def test_migration_calls_no_code_that_will_change(path):
    """Fields and pure cores may be named; actions, queries and models may not."""
    source = path.read_text(encoding="utf-8")

    for app in LAYERS:
        for module in ("actions", "queries", "models", "access"):
            assert f"from {app}.{module} import" not in source
            assert f"import {app}.{module}" not in source
