"""The services that other tests lean on are the real ones."""

import ast
import subprocess

import psycopg
import pytest
import redis

from tests.architecture.sources import functions


def test_postgresql_is_one_of_our_own(postgres_url):
    with psycopg.connect(postgres_url) as connection:
        version = connection.execute("SHOW server_version").fetchone()

    assert int(version[0].split(".")[0]) >= 15


def test_redis_is_one_of_our_own(redis_url):
    with redis.Redis.from_url(redis_url) as client:
        assert client.ping() is True
        assert client.dbsize() == 0


@pytest.mark.browser
def test_browser_is_the_systems_chromium(chromium):
    told = subprocess.run([chromium, "--version"], capture_output=True, text=True)

    assert "Chrom" in told.stdout


def test_no_browser_outlives_its_file(repository):
    """While Playwright runs, Django refuses its thread the database."""
    starts = {}
    for path in (repository / "tests").rglob("*.py"):
        for function in functions(path):
            if any(called(node) == "sync_playwright" for node in ast.walk(function)):
                asked = [ast.unparse(each) for each in function.decorator_list]
                starts[f"{path.stem}.{function.name}"] = asked

    assert len(starts) >= 7
    assert {
        name: asked
        for name, asked in starts.items()
        if not {*asked} & {"pytest.fixture", "pytest.fixture(scope='module')"}
    } == {}


def called(node):
    return getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
