"""What judges do on their tablets."""

from __future__ import annotations

import json
import uuid

from playwright.sync_api import Page, expect

Sheets = dict[tuple[str, str], int]
TILES = """() => [...document.querySelectorAll('section.desk-group')].flatMap(group =>
  [...group.querySelectorAll('a.tile')].map(tile => [
    group.querySelector('h3').textContent.match(/[A-I]\\d+/)[0],
    tile.querySelector('b').textContent,
    tile.getAttribute('href')]))"""


def sheets_of(page: Page, skill: int) -> Sheets:
    """Every sheet on a judge's page: (sub-criterion, code) to its id."""
    page.goto(f"/judge/skills/{skill}/")
    return {
        (sub, code): int(address.rstrip("/").rsplit("/", 1)[1])
        for sub, code, address in page.evaluate(TILES)
    }


def aspect(page: Page, number: int) -> object:
    return page.locator(f"#a{number}")


def say_yes(page: Page, number: int) -> None:
    page.locator(f"#a{number} .answer-yes").click()


def give_level(page: Page, number: int, level: int) -> None:
    page.locator(f"#a{number} .answers-level label").nth(level).click()


def say_why(page: Page, why: str) -> None:
    """Answer why a judgement in conflict is given again."""
    dialog = page.locator("[data-remark-dialog][open]")
    dialog.locator("input").fill(why)
    dialog.locator("button[value=save]").click()


def count_to(page: Page, number: int, value: str) -> None:
    """Open the keypad of a counted aspect, type, confirm."""
    page.locator(f"#a{number} [data-field]").click()
    for digit in value:
        page.locator(f".keypad [data-key='{digit}']").first.click()
    page.locator(".keypad [data-key='ok']").first.click()


def wait_saved(page: Page, number: int) -> None:
    expect(page.locator(f"#a{number} [data-saved]")).to_contain_text("已保存")


def send(page: Page, skill: int, marks: list[tuple[int, str, str]]) -> list[dict]:
    """Send marks (sheet, aspect, value) as this judge's tablet would, in one batch."""
    token = next(c for c in page.context.cookies() if c["name"] == "csrftoken")["value"]
    events = [
        {
            "key": str(uuid.uuid4()),
            "sheet": sheet,
            "aspect": code,
            "seat": None,
            "state": "value",
            "value": value,
            "remark": "",
            "n": number,
            "time": "2026-11-20T12:00:00+08:00",
        }
        for number, (sheet, code, value) in enumerate(marks, start=1)
    ]
    body = {"v": 1, "skill": skill, "device": "story", "events": events}
    answer = page.request.post(
        "/judge/marks",
        data=json.dumps(body),
        headers={"Content-Type": "application/json", "X-CSRFToken": token},
    )
    assert answer.status == 200, answer.text()
    return answer.json()["results"]


def sign(page: Page, address: str, pin: str) -> str:
    """Read everything, sign the set with one PIN; the receipt's words come back."""
    page.goto("about:blank")  # whatever the tablet was about to load itself
    page.goto(address)
    for digit in pin:
        page.locator(f".keypad [data-key='{digit}']").click()
    page.locator(".keypad [data-key='ok']").click()
    page.wait_for_url("**/judge/receipts/*/")
    return page.locator("main").inner_text()
