"""The one door, as a process and in its parts."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader

import pytest
from django.conf import settings

from tests.services import free_port

RUN = settings.ROOT / "run"


@pytest.fixture(scope="module")
def door():
    loader = SourceFileLoader("door", str(RUN))
    module = module_from_spec(spec_from_loader("door", loader))
    loader.exec_module(module)
    return module


def call(*words, **env):
    return subprocess.run(
        [sys.executable, str(RUN), *words],
        env=os.environ | env,
        capture_output=True,
        text=True,
        check=False,
    )


def test_stdout_belongs_to_the_command_alone(tmp_path):
    """An argument that begins with a dash is the command's as well."""
    ended = call("manage", "verify_ledger", "--help", LEITAI_VAR=str(tmp_path))

    assert ended.returncode == 0
    assert ended.stdout.startswith("usage: manage.py verify_ledger")


def test_wrong_usage_is_told_from_an_error():
    assert call("dance").returncode == 2
    assert call("demo", "--stage", "dancing").returncode == 2


def test_installed_groups_are_remembered_by_their_lock_files(door, monkeypatch):
    installed = []
    monkeypatch.setattr(door, "install", installed.append)
    monkeypatch.setattr(door, "make_venv", lambda: None)
    monkeypatch.setattr(door, "missing_packages", lambda browser: [])
    kept = {}
    monkeypatch.setattr(door, "read_stamp", lambda: json.loads(json.dumps(kept)))
    monkeypatch.setattr(door, "write_stamp", kept.update)

    door.setup(("core", "dev"))
    door.setup(("core",))
    door.setup(("core", "scale"))

    assert installed == [("core", "dev"), ("core", "scale")]


def test_libraries_that_could_not_be_installed_are_tried_once(door, monkeypatch):
    tried = []

    def refuse(packages):
        tried.append(packages)
        return False

    groups = {"core": door.lock_digest("core")}
    kept = {"groups": groups}
    monkeypatch.setattr(door, "missing_packages", lambda browser: ["libpango-1.0-0"])
    monkeypatch.setattr(door, "install_system", refuse)
    monkeypatch.setattr(door, "read_stamp", lambda: json.loads(json.dumps(kept)))
    monkeypatch.setattr(door, "write_stamp", kept.update)

    door.setup(("core",))
    door.setup(("core",))

    assert tried == [["libpango-1.0-0"]]


def test_missing_libraries_are_named_in_one_command(door):
    assert "apt-get install --no-install-recommends libpango-1.0-0" in door.advice(
        ["libpango-1.0-0"]
    )


@pytest.mark.parametrize(
    ("database", "redis", "groups"),
    [
        ("", "", ("core",)),
        ("sqlite:////tmp/a.sqlite3", "", ("core",)),
        ("postgres://a@b/c", "", ("core", "scale")),
        ("", "redis://localhost", ("core", "scale")),
    ],
)
def test_larger_places_get_their_drivers(door, monkeypatch, database, redis, groups):
    monkeypatch.setenv("DATABASE_URL", database)
    monkeypatch.setenv("REDIS_URL", redis)

    assert door.groups_to_serve() == groups


def test_port_in_use_is_said_before_anything_else(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = call("demo", "--port", str(port), LEITAI_VAR=str(tmp_path))

    assert (ended.returncode, ended.stdout) == (1, "")
    assert f"port {port} is in use" in ended.stderr


def until(condition, seconds):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.1)


def start_demonstration(directory, log):
    port = free_port()
    with log.open("w") as stderr:
        process = subprocess.Popen(
            [sys.executable, str(RUN), "demo", "--port", str(port)]
            + ["--stage", "registration"],
            env=os.environ | {"LEITAI_VAR": str(directory), "DATABASE_URL": ""},
            stdout=subprocess.PIPE,
            stderr=stderr,
        )
    until(lambda: "Ctrl-C" in log.read_text() or process.poll() is not None, 180)
    return process, port


def test_demonstration_starts_again_and_ends_within_five_seconds(tmp_path):
    """The second start keeps the data and still knows the sign-ins."""
    for number in (signal.SIGTERM, signal.SIGINT):
        log = tmp_path / f"log-{number}"
        process, port = start_demonstration(tmp_path, log)
        try:
            home = urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20)
            process.send_signal(number)
            began = time.monotonic()
            out, _ = process.communicate(timeout=20)
            seconds = time.monotonic() - began
        finally:
            process.kill()

        assert "擂台" in home.read().decode()
        assert "judge1" in log.read_text()
        assert (out, process.returncode) == (b"", 0)
        assert seconds < 5
