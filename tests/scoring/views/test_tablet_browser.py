"""A real browser with a real tablet page: what is entered without a network arrives once.

Sockets are not served here; everything has to work without them.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from ledger.core.chain import skill_chain
from ledger.queries import events_of
from scoring.models import Mark
from tests.factories import PASSWORD
from tests.scoring.contest import make_contest

pytestmark = pytest.mark.django_db(transaction=True)
WAIT = 15_000
# Resolves once the page is under its worker and kept for the time without a network.
KEPT = """async () => {
  const kept = async () => navigator.serviceWorker.controller
    && (await (await caches.open('leitai-judge-pages')).match(location.pathname))
  while (!(await kept())) await new Promise((done) => setTimeout(done, 100))
}"""


@pytest.fixture
def contest():
    return make_contest(entries=2)


def aside(work):
    """Do ``work`` in a thread of its own: the browser keeps an event loop in this one."""

    def run():
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()


@pytest.fixture
def tablet(chromium, live_server, contest) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright  # slow import

    client = Client()
    client.force_login(
        contest.judges[0], backend="django.contrib.auth.backends.ModelBackend"
    )
    path = reverse("judge_sheet", args=[contest.sheet(0, "A1").pk])
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        context = browser.new_context(
            viewport={"width": 1024, "height": 768}, locale="zh-CN"
        )
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
        context.add_cookies([cookie | {"url": live_server.url}])
        page = context.new_page()
        page.set_default_timeout(WAIT)
        page.goto(live_server.url + path)
        page.evaluate(KEPT)
        yield page
        browser.close()


def marks():
    return sorted(Mark.objects.values_list("code", "seat", "value"))


def saved(page, code):
    page.locator(f'[data-aspect="{code}"][data-mark="value"]').wait_for()


def test_marks_made_offline_survive_a_reload_and_arrive_once(tablet, contest):
    tablet.locator('[data-aspect="A1.M1"] label').nth(0).click()
    saved(tablet, "A1.M1")
    tablet.context.set_offline(True)
    tablet.locator('[data-aspect="A1.J1"] label').nth(2).click()
    tablet.locator(".pill", has_text="离线，1 条待传").wait_for()

    tablet.reload()
    tablet.locator('[data-aspect="A1.J1"][data-mark="queued"]').wait_for()
    level = tablet.locator('[data-aspect="A1.J1"] input:checked').input_value()
    tablet.context.set_offline(False)
    saved(tablet, "A1.J1")

    assert level == "2"
    assert aside(marks) == [("A1.J1", 1, "2"), ("A1.M1", 0, "1")]
    chain = skill_chain(contest.skill.pk)
    entered = aside(lambda: list(events_of(chain).filter(type="mark")))
    assert [event.device_n for event in entered] == [1, 2]
    tablet.locator(".pill", has_text="已恢复，1 条已收").wait_for()


def test_refused_mark_says_why_on_its_row_and_keeps_the_value(tablet, contest):
    tablet.context.set_offline(True)
    tablet.locator('[data-aspect="A1.M1"] label').nth(1).click()
    tablet.locator(".pill", has_text="离线，1 条待传").wait_for()

    def others_finish():
        contest.fill(0)
        contest.sign(contest.judges[1], "judge", [contest.sheet(0, "A1")])

    aside(others_finish)
    tablet.context.set_offline(False)
    refusal = tablet.locator('[data-aspect="A1.M1"] [data-refusals]')
    refusal.wait_for()

    assert "这张评分表已经签名，不能再改" in refusal.inner_text()
    assert ("A1.M1", 0, "1") in aside(marks)


def test_expired_session_asks_over_the_form_and_loses_nothing(tablet, contest):
    tablet.context.clear_cookies(name="sessionid")
    tablet.locator('[data-aspect="A1.M1"] label').nth(0).click()
    dialog = tablet.locator("[data-resume][open]")
    dialog.wait_for()

    tablet.fill("#resume-word", PASSWORD)
    dialog.locator('button[type="submit"]').click()
    saved(tablet, "A1.M1")

    assert aside(lambda: Mark.objects.get().judge_id) == contest.judges[0].pk


def test_every_target_on_the_sheet_is_at_least_48_pixels(tablet):
    small = tablet.evaluate(
        """[...document.querySelectorAll('button, a, .answer')]
            .filter((each) => each.offsetParent && !each.closest('dialog'))
            .map((each) => [each.className, each.getBoundingClientRect()])
            .filter(([, box]) => box.width < 47.5 || box.height < 47.5)
            .map(([name]) => name)"""
    )

    assert small == []
