"""Typing in the workshop: the mistake appears beside the text, with its line."""

import pytest
from django.test import Client

from tests.awards import desk

pytestmark = pytest.mark.django_db(transaction=True)
PATH = "/bureau/workshop/documents/sichuan-2017-agriculture/"
WAIT = 20_000


@pytest.fixture
def editor(chromium, live_server):
    from playwright.sync_api import sync_playwright  # slow import

    client = Client()
    backend = "django.contrib.auth.backends.ModelBackend"
    client.force_login(desk.make_officer(desk.make_bureau()), backend=backend)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        context = browser.new_context(locale="zh-CN")
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
        context.add_cookies([cookie | {"url": live_server.url}])
        page = context.new_page()
        page.set_default_timeout(WAIT)
        page.goto(live_server.url + PATH)
        yield page
        browser.close()


def test_mistake_appears_while_typing_and_goes_when_it_is_mended(editor):
    area, found = editor.locator("#id_text"), editor.locator(".found li")
    text = area.input_value()
    assert found.count() == 0

    area.fill(text.replace("rank = 1", "ranks = 1", 1))

    found.first.wait_for()
    line = text.split("\n").index("rank = 1") + 1
    assert f"文件第 {line} 行" in found.first.inner_text()
    assert editor.locator(".code-lines [data-wrong]").inner_text().strip() == str(line)

    area.fill(text)
    found.first.wait_for(state="detached")
