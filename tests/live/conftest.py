"""The real server on the test's own database."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from tests.services import free_port, wait_for_port

ENDLESS = '''
"""An application that sends for ever to whoever connects."""
import asyncio

async def application(scope, receive, send):
    if scope["type"] != "websocket":
        return
    await receive()
    await send({"type": "websocket.accept"})
    for _ in range(4000):
        await send({"type": "websocket.send", "text": "x" * 8000})
        await asyncio.sleep(0.0005)
'''


@pytest.fixture
def serve(tmp_path):
    """Start ``python -m config.server`` on the test's own database."""
    if connection.vendor != "sqlite":
        pytest.skip("the server of this test shares a SQLite file with it")
    started = []

    def start(application, **environment):
        port = free_port()
        (tmp_path / "endless.py").write_text(ENDLESS, encoding="utf-8")
        database = connection.settings_dict["NAME"]
        process = subprocess.Popen(
            [sys.executable, "-m", "config.server", "--port", str(port)]
            + ["--application", application],
            cwd=settings.ROOT,
            env=os.environ
            | {
                "PYTHONPATH": f"{settings.ROOT}:{tmp_path}",
                "DATABASE_URL": f"sqlite:///{database}",
                "LEITAI_VAR": str(tmp_path),
                "LOG_LEVEL": "ERROR",
            }
            | environment,
        )
        started.append(process)
        wait_for_port(port, process)
        return process, port

    yield start
    for process in started:
        process.kill()
        process.wait()
