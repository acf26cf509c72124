"""Nobody finds an identity number or a telephone: pages, boards, exports, log lines."""

import io
import re
import zipfile
from datetime import date

import openpyxl
import pytest
from django.db import transaction
from django.test import Client, TestCase
from django.utils import timezone

from awards.actions.exports import Order, export_at_console, opened
from awards.models import Certificate, Decision
from config.demo.stages import build_stage
from live.models import Snapshot
from live.publisher import Publisher
from people.access import bureaus_for
from people.models import Person, User
from scoring.models import Release

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)
NUMBER = re.compile(r"(?<![0-9a-fA-F])[1-9]\d{16}[\dXx](?![0-9a-fA-F])")
PHONE = re.compile(r"(?<![0-9a-fA-F.])1[3-9]\d{9}(?![0-9a-fA-F])")
LINK = re.compile(r'href="(/[^"#]*)"')


@pytest.fixture(scope="module")
def final(django_db_setup, django_db_blocker):
    """The demonstration after its last day, boards published."""
    with django_db_blocker.unblock(), transaction.atomic():
        with TestCase.captureOnCommitCallbacks(execute=True):
            show = build_stage("final", ON)
        Publisher().tick(timezone.now())
        yield show
        transaction.set_rollback(True)


def secrets():
    """Everything of a person that may never be read in public."""
    rows = Person.objects.all()
    numbers = {row.identity_number for row in rows if row.identity_number}
    return numbers | {row.phone for row in rows if row.phone}


def found_in(text, known):
    return [
        *NUMBER.findall(text),
        *PHONE.findall(text),
        *(s for s in known if s in text),
    ]


def said(answer):
    """What an answer says; of a bundle, what its files say."""
    if not answer.streaming:
        return answer.content.decode("utf-8", "replace")
    bundle = io.BytesIO(answer.getvalue())
    with zipfile.ZipFile(bundle) as held:
        texts = [held.read(name).decode("utf-8", "replace") for name in held.namelist()]
    return "\n".join(texts)


def crawled(client, *starts):
    """Every page a visitor reaches from ``starts``, by address."""
    pages, waiting = {}, list(starts)
    while waiting:
        url = waiting.pop()
        if url in pages or url.startswith("/static/"):
            continue
        answer = client.get(url)
        pages[url] = (answer.status_code, said(answer))
        waiting += LINK.findall(pages[url][1]) if answer.status_code == 200 else ()
    return pages


def test_visitors_find_no_number_and_no_telephone(final, caplog):
    boards = set(Snapshot.objects.exclude(board="").values_list("board", flat=True))
    tokens = Certificate.objects.values_list("token", flat=True)
    starts = ["/", "/live/", "/verify/", "/sign-in/"]
    starts += [f"/live/{board}/" for board in boards]
    starts += [f"/live/{board}/wall/" for board in boards]
    starts += [f"/live/{board}/snapshot.json" for board in boards]
    starts += [f"/verify/{token}/" for token in tokens]
    known = secrets()

    with caplog.at_level("DEBUG"):
        pages = crawled(Client(), *starts)

    assert len(boards) == 4  # its three skills, and that of the event taken in
    assert len(known) > 30
    leaks = {
        url: hits for url, (_, text) in pages.items() if (hits := found_in(text, known))
    }
    assert leaks == {}
    assert found_in(caplog.text, known) == []
    assert max(status for status, _text in pages.values()) < 500


def test_what_is_typed_wrongly_is_not_written_to_the_log(final, caplog):
    person = Person.objects.exclude(identity_hash=None).order_by("pk").first()
    typed = {"username": person.identity_number, "password": person.phone or "x"}
    with caplog.at_level("DEBUG"):
        Client().post("/sign-in/", typed)
        Client().post("/verify/", {"number": person.identity_number, "name": "x"})

    assert found_in(caplog.text, secrets()) == []


@pytest.mark.parametrize("kind", ["promotion-roster", "title-candidates"])
def test_masked_export_holds_no_whole_number(final, kind):
    release, officer = Release.objects.first(), User.objects.get(username="bureau")
    facts = {"kind": kind, "bureau": bureaus_for(officer)[0], "purpose": "核对"}
    who = {"by": officer, "approved_by": None, "at": timezone.now()}
    known = secrets()

    texts = {}
    for masked in (True, False):
        order = Order(is_masked=masked, release=release, **facts)
        texts[masked] = text_of(opened(export_at_console(order, **who)))

    assert found_in(texts[True], known) == []
    assert found_in(texts[False], known) != []


def text_of(content):
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = (cell.value for sheet in book for row in sheet.iter_rows() for cell in row)
    return "\n".join(str(value) for value in cells if value is not None)


def test_decisions_and_the_record_hold_no_number(final):
    from ledger.models import Event

    known = secrets()
    events = "\n".join(Event.objects.values_list("body", flat=True))
    releases = "\n".join(Release.objects.values_list("text", flat=True))
    reasons = "\n".join(str(row) for row in Decision.objects.values_list("reasons"))

    assert [s for s in known if s in events + releases + reasons] == []
    names = set(Person.objects.values_list("name", flat=True))
    assert [name for name in names if len(name) > 1 and name in events + releases] == []
