"""Real browsers on one sheet: two tabs, two tablets, two judges.

Every mark is kept, both are warned, and what contradicts is confirmed by hand.  Sockets
are not served here: the warning has to come by requests alone.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ledger.core.chain import skill_chain
from ledger.queries import body_of, events_of
from scoring.actions.devices import choose_entry_mode
from scoring.models import Mark
from tests.scoring.contest import make_contest
from tests.scoring.views.test_tablet_browser import WAIT, aside

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def contest():
    return make_contest(entries=2)


@pytest.fixture
def hall(chromium, live_server, contest) -> Iterator[Any]:
    """Gives each judge who asks a tablet of their own, open on the first sheet."""
    from playwright.sync_api import sync_playwright  # slow import

    keys = {}
    for user in contest.judges:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        keys[user.pk] = client.cookies["sessionid"].value
    path = reverse("judge_sheet", args=[contest.sheet(0, "A1").pk])

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])

        def tablet(judge):
            context = browser.new_context(
                viewport={"width": 1024, "height": 768}, locale="zh-CN"
            )
            cookie = {"name": "sessionid", "value": keys[contest.judges[judge].pk]}
            context.add_cookies([cookie | {"url": live_server.url}])
            return opened(context)

        def opened(context):
            page = context.new_page()
            page.set_default_timeout(WAIT)
            page.goto(live_server.url + path)
            page.locator("[data-company]").wait_for(state="attached")
            return page

        tablet.opened = opened
        yield tablet
        browser.close()


def warned(page, words):
    """The page says so, by its own next look at the server."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.locator("[data-company] p", has_text=words).first.wait_for()


def tap(page, code, value):
    row = page.locator(f'[data-aspect="{code}"]')
    row.locator("label", has=page.locator(f'input[value="{value}"]')).click()
    row.locator("[data-saved]", has_text="已保存").wait_for()


def values(contest):
    found = events_of(skill_chain(contest.skill.pk)).filter(type="mark").order_by("seq")
    return [body_of(event)["value"] for event in found]


def test_two_tabs_two_tablets_and_two_judges_are_warned_and_no_mark_is_lost(
    hall, contest
):
    first = hall(0)
    second = hall(0)  # another tablet of the same judge
    warned(second, "你的账号在")
    warned(first, "你的账号在")
    tab = hall.opened(first.context)
    warned(tab, "另一个标签页")
    tab.close()
    colleague = hall(1)
    warned(colleague, str(contest.judges[0]))

    second.context.set_offline(True)
    row = second.locator('[data-aspect="A1.J1"]')
    row.locator("label", has=second.locator('input[value="1"]')).click()
    row.locator("[data-saved]", has_text="待传").wait_for()
    tap(first, "A1.J1", "2")
    tap(colleague, "A1.J1", "2")
    second.context.set_offline(False)

    against = row.locator("[data-against]")
    against.wait_for()
    assert "两台设备录入得不一样" in against.inner_text()
    against.locator('[data-do="take"]').click()
    against.wait_for(state="hidden")
    row.locator("[data-saved]", has_text="已保存").wait_for()
    assert sorted(aside(lambda: values(contest))) == ["1", "2", "2", "2"]
    marks = aside(
        lambda: list(
            Mark.objects.filter(code="A1.J1")
            .order_by("seat")
            .values_list("seat", "value", "contradicts")
        )
    )
    assert marks == [(1, "2", None), (2, "2", None)]


def test_a_panel_enters_its_cards_on_one_tablet_seat_by_seat(hall, contest):
    aside(
        lambda: choose_entry_mode(
            contest.skill,
            panel="A",
            is_group=True,
            by=contest.organizer,
            at=contest.now(),
        )
    )
    page = hall(0)
    who = page.locator("[data-who]")
    for judge, value in enumerate(("2", "3", "2")):
        who.filter(has_text=str(contest.judges[judge])).wait_for()
        row = page.locator('[data-aspect="A1.J1"]')
        row.locator("label", has=page.locator(f'input[value="{value}"]')).click()
    page.locator('[data-aspect="A1.J1"][data-mark="value"]').wait_for()

    marks = aside(
        lambda: list(
            Mark.objects.filter(code="A1.J1")
            .order_by("seat")
            .values_list("seat", "value", "judge_id", "entered_by_id")
        )
    )
    typist = contest.judges[0].pk
    assert marks == [
        (1, "2", typist, None),
        (2, "3", contest.judges[1].pk, typist),
        (3, "2", contest.judges[2].pk, typist),
    ]
