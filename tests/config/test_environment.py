"""Readers of the environment refuse nonsense and never repeat a secret."""

import base64

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment as env

KEY = base64.b64encode(bytes(range(32))).decode()


@pytest.fixture
def given(monkeypatch):
    return lambda value: monkeypatch.setenv("NAME", value)


@pytest.mark.parametrize(
    ("word", "value"), [("1", True), ("Yes", True), ("0", False), ("off", False)]
)
def test_flag_reads_yes_and_no(given, word, value):
    given(word)

    assert env.flag("NAME") is value


def test_flag_refuses_any_other_word(given):
    given("perhaps")

    with pytest.raises(ImproperlyConfigured, match="NAME='perhaps': write 1 or 0"):
        env.flag("NAME")


@pytest.mark.parametrize("word", ["0", "11", "3.5", "-1", "x", "٣"])
def test_number_outside_its_range_is_refused(given, word):
    given(word)

    with pytest.raises(ImproperlyConfigured, match="whole number from 1 to 10"):
        env.number("NAME", 5, low=1, high=10)


def test_number_and_its_default(given):
    assert env.number("NAME", 5, low=1, high=10) == 5
    given("7")
    assert env.number("NAME", 5, low=1, high=10) == 7


def test_choice_names_what_may_be_written(given):
    given("rabbit")

    with pytest.raises(ImproperlyConfigured, match="one of \\['database'\\]"):
        env.choice("NAME", ("database",), "database")


def test_words_fall_apart_at_commas(given):
    given(" a, ,b ")

    assert env.words("NAME") == ["a", "b"]


def test_directory_is_made_and_must_be_absolute(given, tmp_path):
    given(str(tmp_path / "a" / "b"))
    assert env.directory("NAME", tmp_path).is_dir()

    given("a/b")
    with pytest.raises(ImproperlyConfigured, match="absolute"):
        env.directory("NAME", tmp_path)


def test_secret_is_made_once_and_kept_for_its_owner_alone(tmp_path):
    file = tmp_path / "secret-key"

    first = env.secret("NAME", file)

    assert env.secret("NAME", file) == first
    assert len(first) >= 50
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_short_secret_is_refused_without_being_repeated(given, tmp_path):
    given("hunter2")

    with pytest.raises(ImproperlyConfigured) as refused:
        env.secret("NAME", tmp_path / "secret-key")

    assert "hunter2" not in str(refused.value)


def test_keys_keep_their_order_so_that_the_first_one_encrypts(given, tmp_path):
    given(f"k2:{KEY},k1:{base64.b64encode(bytes(32)).decode()}")

    assert list(env.keys("NAME", tmp_path / "keys").items()) == [
        ("k2", bytes(range(32))),
        ("k1", bytes(32)),
    ]


@pytest.mark.parametrize(
    "value",
    ["k1", f":{KEY}", "k1:c2hvcnQ=", "k1:***", f"k1:{KEY},k1:{KEY}", f"k 1:{KEY}"],
)
def test_keys_that_are_none_are_refused_without_being_repeated(given, tmp_path, value):
    given(value)

    with pytest.raises(ImproperlyConfigured) as refused:
        env.keys("NAME", tmp_path / "keys")

    assert KEY not in str(refused.value)


def test_sqlite_waits_its_turn_and_forgets_nothing(given, tmp_path):
    given("sqlite:////tmp/a%20b.sqlite3")

    settings = env.database("NAME", tmp_path)

    assert settings["NAME"] == "/tmp/a b.sqlite3"
    assert settings["ATOMIC_REQUESTS"] is False
    assert settings["OPTIONS"] == {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
        "PRAGMA cache_size=-16000",
    }


def test_sqlite_file_may_be_named_from_here(given, tmp_path):
    given("sqlite:///var/other.sqlite3")

    assert env.database("NAME", tmp_path)["NAME"] == "var/other.sqlite3"


def test_postgresql_uses_a_pool_and_no_lasting_connections(given, tmp_path):
    given("postgres://lei%40tai:p%2Fw@db.example:6432/hall?sslmode=require")

    assert env.database("NAME", tmp_path) == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "hall",
        "USER": "lei@tai",
        "PASSWORD": "p/w",
        "HOST": "db.example",
        "PORT": 6432,
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": 0,
        "OPTIONS": {
            "sslmode": "require",
            "pool": {"min_size": 2, "max_size": 8, "timeout": 20},
        },
    }


def test_postgresql_by_socket_names_its_directory_as_host(given, tmp_path):
    given("postgresql://postgres:@/postgres?host=/var/run/pg")

    settings = env.database("NAME", tmp_path)

    assert (settings["HOST"], settings["PORT"]) == ("/var/run/pg", "")


@pytest.mark.parametrize(
    "value",
    [
        "mysql://secret-user:secret-pass@host/name",
        "sqlite://secret-pass",
        "sqlite:///",
        "postgres://secret-user:secret-pass@host:port/name",
        "postgres://secret-user:secret-pass@host",
        "secret-pass",
    ],
)
def test_database_that_is_none_is_refused_without_its_password(given, tmp_path, value):
    given(value)

    with pytest.raises(ImproperlyConfigured) as refused:
        env.database("NAME", tmp_path)

    assert "secret" not in str(refused.value)
