"""The services that other tests lean on are the real ones."""

import subprocess

import psycopg
import pytest
import redis


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
