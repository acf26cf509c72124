"""The real server as a process: it answers, cuts a flood, ends quickly."""

import asyncio
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
import websockets
from django.conf import settings

from tests.services import free_port, wait_for_port

DEAF = '''
"""An application that accepts sockets and never reads them again."""
import asyncio

async def application(scope, receive, send):
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        await asyncio.sleep(60)
    else:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"ok"})
'''


class Running:
    def __init__(self, process, port):
        self.process, self.port = process, port

    def end(self):
        """Seconds from SIGTERM to the end."""
        began = time.monotonic()
        self.process.terminate()
        self.process.wait(10)
        return time.monotonic() - began


@pytest.fixture
def start(tmp_path):
    started = []

    def start(application):
        port = free_port()
        (tmp_path / "deaf.py").write_text(DEAF, encoding="utf-8")
        process = subprocess.Popen(
            [sys.executable, "-m", "config.server", "--port", str(port)]
            + ["--application", application],
            cwd=settings.ROOT,
            env=os.environ
            | {
                "PYTHONPATH": f"{settings.ROOT}:{tmp_path}",
                "DATABASE_URL": f"sqlite:///{tmp_path}/server.sqlite3",
                "LEITAI_VAR": str(tmp_path),
                "LOG_LEVEL": "ERROR",
            },
        )
        started.append(process)
        wait_for_port(port, process)
        return Running(process, port)

    yield start
    for process in started:
        process.kill()
        process.wait()


@pytest.mark.parametrize(
    "application", ["config.asgi:application", "config.spectators:application"]
)
def test_server_answers_and_ends_within_five_seconds_of_sigterm(start, application):
    running = start(application)
    address = f"http://127.0.0.1:{running.port}"

    with urllib.request.urlopen(f"{address}/healthz", timeout=20) as response:
        answer = response.read()
    with pytest.raises(urllib.error.HTTPError, match="503"):
        urllib.request.urlopen(f"{address}/readyz", timeout=20)

    assert answer == b"ok\n"
    assert running.end() < 5


def test_port_that_is_taken_ends_the_server_with_an_error(start):
    running = start("deaf:application")
    second = subprocess.run(
        [sys.executable, "-m", "config.server", "--port", str(running.port)],
        cwd=settings.ROOT,
        capture_output=True,
        check=False,
    )

    assert second.returncode == 1


def test_spectators_have_no_way_to_sign_in(start):
    running = start("config.spectators:application")

    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"http://127.0.0.1:{running.port}/sign-in/", timeout=20)


async def test_socket_that_floods_a_deaf_application_is_cut(start):
    running = start("deaf:application")

    async with websockets.connect(f"ws://127.0.0.1:{running.port}/") as socket:
        with pytest.raises(websockets.ConnectionClosed):
            for _ in range(2000):
                await socket.send("x" * 1000)
                await asyncio.sleep(0)
            await socket.recv()

    assert running.end() < 5


async def test_message_beyond_eight_kilobytes_is_refused(start):
    running = start("deaf:application")

    async with websockets.connect(f"ws://127.0.0.1:{running.port}/") as socket:
        await socket.send("x" * 9000)
        with pytest.raises(websockets.ConnectionClosed) as closed:
            await socket.recv()

    assert closed.value.rcvd is None or closed.value.rcvd.code == 1009
