"""500 people: no full number of anybody on a public page, in a log, in a masked file.

One masked form of each person over all files, and never beside birth date or sex.
"""

import io
import json
import logging
import logging.config
import re
from collections import defaultdict
from pathlib import Path
from unittest.mock import patch

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from awards.actions.exports import Order, export_at_console, opened
from awards.errors import ExportRefused
from awards.exporting.makers import masks
from awards.listings.registry import LISTINGS
from config.logs import Mask, to_stderr
from ledger.models import Event
from people.register import PUBLIC
from tests.architecture.addresses import addresses
from tests.awards import desk
from tests.awards.isolation import crowd as crowds
from tests.awards.isolation.reading import words_of

pytestmark = pytest.mark.django_db
NUMBER = re.compile(r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])")
PHONE = re.compile(r"(?<![0-9A-Za-z.])1[3-9]\d{9}(?![0-9A-Za-z])")
MASKED = re.compile(r"\d{1,6}\*{4,}\d{1,3}[\dX]|\*{4,}\d+[\dX]?")
# A heading that is a cell of its own; the cover's sentence may name what is left out.
HEADING = re.compile(
    r"(?:>|^|,)\"?(性别|年龄|出生[^<,]{0,4})\"?(?:<|$|,)", re.MULTILINE
)
LINK = re.compile(r'(?:href|action)="(/[^"#]*)"')
# Lists about something else than the people of results: a comparison, a report's figures.
NEEDS_MORE = {"comparison", "periodic-report", "talent-file"}
MOST_PAGES = 200


@pytest.fixture(scope="module")
def crowd(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield crowds.make_crowd()
        transaction.set_rollback(True)


def leaks_in(text: str, crowd) -> set[str]:
    """Full numbers of anybody, by their shape and one by one."""
    shaped = {*NUMBER.findall(text), *PHONE.findall(text)}
    return shaped | {secret for secret in crowd.secrets if secret in text}


def body_of(answer) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return words_of(content)


def public_urls(crowd) -> list[str]:
    """Every public address that can be asked for by anybody, and the crowd's objects."""
    marked = crowd.marked
    board = marked.competition.skills.first().public_id
    known = {
        "number": [crowd.release.number, marked.number],
        "token": [row.token for row in crowd.certificates],
        "board": [board],
        "pk": [crowd.release.competition_id, marked.competition_id],
        "paper": ["NOSUCH"],
    }
    urls = []
    for address in addresses():
        if PUBLIC not in address.roles or len(address.arguments) > 1:
            continue
        if not address.arguments:
            urls.append(reverse(address.name))
        for name in address.arguments:
            urls += [
                reverse(address.name, args=[value]) for value in known.get(name, [])
            ]
    events = (crowd.release.competition_id, marked.competition_id)
    return (
        urls
        + [f"/api/results/?event={pk}&limit=500" for pk in events]
        + [f"/api/results?event={pk}&limit=500" for pk in events]
    )


def crawled(client: Client, first: list[str]) -> dict[str, str]:
    """All pages reached from ``first`` by links, each with what stands in it."""
    found: dict[str, str] = {}
    waiting = list(first)
    while waiting and len(found) < MOST_PAGES:
        url = waiting.pop(0)
        if url in found or url.startswith("/static/"):
            continue
        answer = client.get(url)
        found[url] = body_of(answer)
        if answer.get("Content-Type", "").startswith("text/html"):
            waiting += [u for u in LINK.findall(found[url]) if u not in found]
    return found


def posted(client: Client, crowd) -> dict[str, str]:
    """What is answered to a wrong code, to a certificate's number with and without name."""
    row = crowd.certificates[0]
    right = {"number": row.number, "name": row.content["name"]}
    asked = {
        "wrong code": ("/delegation/result/", {"code": "AAAA-BBBB-CCCC"}),
        "a number": ("/delegation/result/", {"code": crowds.number(1)}),
        "certificate": ("/verify/", right),
        "wrong name": ("/verify/", {**right, "name": "无此人"}),
    }
    answers = {}
    for name, (url, data) in asked.items():
        answers[name] = body_of(client.post(url, data, follow=True))
    return answers


def test_no_public_page_holds_a_number(crowd):
    client = Client(raise_request_exception=False)
    pages = crawled(client, public_urls(crowd)) | posted(client, crowd)

    leaks = {
        url: leaks_in(text, crowd) - {crowds.number(1)} for url, text in pages.items()
    }
    assert {url: found for url, found in leaks.items() if found} == {}
    bundle = reverse("public_bundle", args=[crowd.marked.number])
    assert "verify_bundle" in pages[bundle] or "manifest" in pages[bundle].lower()
    assert crowd.people[0].name in "".join(pages.values())
    assert len(pages) > 30


def test_the_page_opened_with_a_code_holds_no_number(crowd):
    for code in crowd.codes:
        page = Client().post("/delegation/result/", {"code": code}, follow=True)

        assert "蜀匠" in page.content.decode()
        assert leaks_in(page.content.decode(), crowd) == set()


def masked_files(crowd):
    for name, listing in LISTINGS.items():
        if name in NEEDS_MORE or not masks(listing):
            continue
        for form in ("xlsx", "csv"):
            try:
                content = exported(crowd, name, form, is_masked=True)
            except ExportRefused:
                continue
            yield name, form, words_of(content)


def exported(crowd, name, form, *, is_masked):
    order = Order(
        kind=name,
        bureau=crowd.bureau,
        purpose="上报",
        document="川人社函〔2026〕1 号",
        is_masked=is_masked,
        form=form,
    )
    who = {"by": crowd.officer, "approved_by": crowd.approver, "at": desk.AT}
    return opened(export_at_console(order, **who))


def told_beside(text: str) -> list[str]:
    """Birth date, age or sex in a file, as a column or as a value."""
    dates = [word for word in crowds.BIRTH_WORDS if word in text]
    return [*HEADING.findall(text), *dates]


def test_masked_files_show_one_form_of_each_and_nothing_beside_it(crowd):
    forms: dict[tuple[str, bool], set[str]] = defaultdict(set)
    beside, leaks, made, people = {}, {}, set(), 0
    for name, form, text in masked_files(crowd):
        made.add(name)
        if found := leaks_in(text, crowd):
            leaks[name, form] = found
        shown = MASKED.findall(text)
        people += len(shown)
        for mask in shown:
            forms[mask[-4:], "*" * 11 in mask].add(mask)
        if found := told_beside(text):
            beside[name, form] = found

    assert leaks == {}
    assert beside == {}
    assert {key: found for key, found in forms.items() if len(found) > 1} == {}
    identities = {key for key in forms if key[1]}
    assert len(identities) == crowds.PEOPLE
    assert people > 2 * crowds.PEOPLE
    assert len(made) > 9


def test_a_full_file_is_seen_by_the_scan(crowd):
    text = words_of(exported(crowd, "promotion-roster", "csv", is_masked=False))

    numbers = {crowds.number(n) for n in range(crowds.PEOPLE)}
    assert numbers <= leaks_in(text, crowd)


def test_no_event_and_no_table_and_no_kept_file_holds_a_number(crowd):
    exported(crowd, "promotion-roster", "xlsx", is_masked=False)
    bodies = "\n".join(json.dumps(body) for body in Event.objects.values_list("body"))
    kept = [path for path in Path(settings.VAR).rglob("*") if path.is_file()]
    found = {path.name for path in kept if leaks_in(words_of(path.read_bytes()), crowd)}

    assert leaks_in(bodies, crowd) == set()
    assert tables_with_numbers(crowd) == {}
    assert kept
    assert found == set()


def tables_with_numbers(crowd) -> dict[str, list[str]]:
    """What a dump of the database would tell, by table."""
    told = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            text = "\n".join(str(row) for row in cursor.fetchall())
            found = sorted(secret for secret in crowd.secrets if secret in text)
            if found:
                told[table] = found[:2]
    return told


@pytest.fixture
def log():
    """What the installation's own logging writes, and what it would without a mask."""
    shapes = to_stderr("DEBUG")["formatters"]
    line = logging.config.DictConfigurator({}).configure_formatter(shapes["line"])
    masked, raw = (logging.StreamHandler(io.StringIO()) for _each in range(2))
    masked.addFilter(Mask())
    masked.setFormatter(line)
    root, level = logging.getLogger(), logging.getLogger().level
    for handler in (raw, masked):
        root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield raw.stream, masked.stream
    root.setLevel(level)
    for handler in (raw, masked):
        root.removeHandler(handler)


def test_no_log_line_holds_a_number_not_even_of_an_error(crowd, log):
    raw, masked = log
    told = f"row of {crowds.number(3)} with {crowds.phone(3)}"
    client = Client(raise_request_exception=False)
    client.force_login(crowd.officer)

    with patch("scoring.views.public_releases.render", side_effect=ValueError(told)):
        broken = client.get(reverse("public_release", args=[crowd.marked.number]))
    missing = client.get(f"/verify/{crowds.number(4)}/")
    client.post("/bureau/find/", {"q": crowds.number(5), "who": crowds.phone(5)})
    client.post("/delegation/result/", {"code": crowds.number(6)})
    client.post("/login/", {"username": crowds.phone(7), "password": crowds.number(7)})
    client.get(f"/bureau/?q={crowds.number(8)}&kind=all")
    client.get(f"/bureau/people/{crowd.people[8].pk}/")

    assert (broken.status_code, missing.status_code) == (500, 404)
    assert leaks_in(broken.content.decode(), crowd) == set()
    typed = {crowds.number(4)}  # the page leads back to the address that was asked for
    assert leaks_in(missing.content.decode(), crowd) <= typed
    assert {crowds.number(3), crowds.phone(3)} <= leaks_in(raw.getvalue(), crowd)
    assert "Traceback" in masked.getvalue()
    assert leaks_in(masked.getvalue(), crowd) == set()
    ours = {crowds.number(n) for n in (5, 6, 7, 8)} | {crowds.phone(5)}
    assert ours & leaks_in(raw.getvalue(), crowd) == set()
