"""A running house for the stories: its own database, server and browser."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, expect, sync_playwright

from tests.services import free_port, wait_for_port

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True, slots=True)
class House:
    """One installation of its own: where it listens and how to run its commands."""

    base: str
    environment: dict[str, str]

    def manage(self, *words: str, given: str = "") -> str:
        """Run ``manage.py``; what it prints comes back, a failure stops the story."""
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=settings.ROOT,
            env=os.environ | self.environment,
            input=given,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr or done.stdout
        return done.stdout

    def answer(self, *words: str) -> object:
        return json.loads(self.manage(*words, "--json"))


@pytest.fixture
def house(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[House]:
    """A migrated installation with its server running.

    ``@pytest.mark.demonstration(stage)`` fills it before the server starts.
    """
    port = free_port()
    environment = {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'story.sqlite3'}",
        "LEITAI_VAR": str(tmp_path / "var"),
        "LOG_LEVEL": "ERROR",
        "DEBUG": "1",  # static files straight from the tree
    }
    place = House(f"http://127.0.0.1:{port}", environment)
    stage = request.node.get_closest_marker("demonstration")
    if stage is None:
        place.manage("migrate", "--verbosity", "0")
    else:
        place.manage("prepare", "--stage", *stage.args)
    process = subprocess.Popen(
        [sys.executable, "-m", "config.server", "--port", str(port)],
        cwd=settings.ROOT,
        env=os.environ | environment,
    )
    try:
        wait_for_port(port, process, 60)
        yield place
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="module")
def browser(chromium: str, repository: Path) -> Iterator[Browser]:
    """Debian's Chromium with the vendored fonts.

    It ends with its file: while Playwright runs, its event loop keeps the thread, and
    Django refuses the database to every test that comes after.
    """
    fonts = repository / "static" / "fonts" / "fonts.conf"
    expect.set_options(
        timeout=20_000
    )  # as long as pages wait: a slow machine is no bug
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=chromium,
            args=ARGUMENTS,
            env={**os.environ, "FONTCONFIG_FILE": str(fonts)},
        )
        yield running
        running.close()


@pytest.fixture
def person_at(browser: Browser, house: House) -> Iterator[Callable[..., object]]:
    """Open a page of one's own: another browser context for each person."""
    contexts = []

    def open_page(width: int = 1440, height: int = 900) -> object:
        context = browser.new_context(
            base_url=house.base,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport={"width": width, "height": height},
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
