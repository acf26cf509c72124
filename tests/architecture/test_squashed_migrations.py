"""Squashed migrations: new databases and those that came step by step are the same.

An older release is played by leaving the squashed migrations aside.
"""

from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from people.models import Person
from people.names import search_key
from tests.architecture.sources import LAYERS
from tests.schemas import schema_of

DISK = MigrationLoader(None, replace_migrations=False)
SQUASHED = {
    key: migration.replaces
    for key, migration in DISK.disk_migrations.items()
    if migration.replaces and key[0] in LAYERS
}
REPLACED = [key for keys in SQUASHED.values() for key in keys]
# All four apps are under way here, and none is at its end.
HALF_WAY = ("awards", "0005_steps")
AT = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


@pytest.fixture
def other_database(db, tmp_path):
    """An empty database in the place of the tests' own, which comes along."""
    usual = connections["default"]
    other = usual.copy()
    if usual.vendor == "sqlite":
        other.settings_dict["NAME"] = str(tmp_path / "other.sqlite3")
    else:
        other.settings_dict["NAME"] = name = f"{usual.settings_dict['NAME']}_steps"
        other.settings_dict["OPTIONS"].pop("pool", None)  # one pool has one database
        alone(usual, f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}"')
    connections["default"] = other
    yield usual
    connections["default"] = usual
    other.close()
    if usual.vendor == "postgresql":
        alone(usual, f'DROP DATABASE "{name}"')


def alone(usual, *statements):
    """Run what PostgreSQL runs in no transaction."""
    with usual._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture
def applied(monkeypatch):
    """The records of a database, as a set to fill; there is no database behind it."""
    records = {}
    monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda self: records)
    return records


def waiting():
    """What ``migrate`` would still do, in order; an impossible past is refused."""
    executor = MigrationExecutor(connection)
    executor.loader.check_consistent_history(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [(migration.app_label, migration.name) for migration, _ in plan]


@pytest.mark.databases
def test_half_way_database_becomes_what_a_new_one_is(other_database):
    executor = MigrationExecutor(connection)
    executor.loader = MigrationLoader(connection, replace_migrations=False)
    executor.loader.replacements = {}
    state = executor.migrate([HALF_WAY])
    state.apps.get_model("people", "Person").objects.create(
        name="周舟", latin_name="Zhou", registered_at=AT
    )

    call_command("migrate", verbosity=0)

    assert schema_of(connection) == schema_of(other_database)
    assert Person.objects.get().search_key == search_key("周舟", "Zhou")
    assert set(SQUASHED) <= set(MigrationRecorder(connection).applied_migrations())
    assert waiting() == []


def test_new_database_takes_the_squashed_ones_alone(applied):
    plan = waiting()

    assert set(SQUASHED) <= set(plan)
    assert not set(REPLACED) & set(plan)


def test_complete_database_of_the_older_release_has_nothing_of_it_to_do(applied):
    for key in REPLACED:
        applied.update(dict.fromkeys(DISK.graph.forwards_plan(key)))

    assert not {*SQUASHED, *REPLACED} & set(waiting())


@pytest.mark.parametrize("stop", REPLACED, ids=".".join)
def test_database_stopped_anywhere_does_the_rest_once(stop, applied):
    done = DISK.graph.forwards_plan(stop)
    applied.update(dict.fromkeys(done))

    ours = [key for step in waiting() for key in SQUASHED.get(step, [step])]

    assert sorted(key for key in ours if key in REPLACED) == sorted(
        set(REPLACED) - set(done)
    )


@pytest.mark.parametrize("key", SQUASHED, ids=".".join)
def test_squashed_migration_asks_for_no_more_than_those_it_replaces(key):
    """Else a history that was possible before would be refused."""
    app = key[0]
    before = {
        tuple(needed)
        for old in SQUASHED[key]
        for needed in DISK.disk_migrations[old].dependencies
    }

    asked = {tuple(needed) for needed in DISK.disk_migrations[key].dependencies}

    assert asked <= {needed for needed in before if needed[0] != app}
