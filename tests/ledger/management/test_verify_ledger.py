"""The command that walks every chain."""

import json
from datetime import UTC, datetime

import pytest
from django.core.management import call_command

from ledger.actions import EventDraft, append
from ledger.core.chain import competition_chain, skill_chain
from ledger.models import Chain, Event
from tests.tampering import without_triggers

AT = datetime(2026, 11, 20, tzinfo=UTC)

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


@pytest.fixture
def chains():
    drafts = [EventDraft("mark", {"value": str(number)}) for number in range(3)]
    append(skill_chain(3), drafts, actor="user:1", at=AT)
    append(competition_chain(1), drafts, actor="user:1", at=AT)


def report(capsys):
    try:
        call_command("verify_ledger", "--json")
        code = 0
    except SystemExit as end:
        code = end.code
    return code, json.loads(capsys.readouterr().out)


def test_untouched_ledger_is_reported_whole(chains, capsys):
    assert report(capsys) == (0, {"chains": 2, "events": 6, "broken": []})


def test_changed_body_is_found(chains, capsys):
    with without_triggers():
        Event.objects.filter(chain__kind="skill", seq=2).update(body='{"value":"9"}')

    code, found = report(capsys)

    assert code == 1
    assert found["broken"] == [
        {"chain": "skill:3", "seq": 2, "reason": "the content does not give the hash"}
    ]


def test_deleted_end_is_found(chains, capsys):
    with without_triggers():
        Event.objects.filter(chain__kind="skill", seq=3).delete()

    assert report(capsys)[1]["broken"] == [
        {"chain": "skill:3", "seq": 3, "reason": "missing: the head is at 3"}
    ]


def test_head_that_was_moved_back_is_found(chains, capsys):
    with without_triggers():
        Chain.objects.filter(kind="skill").update(seq=2)

    assert report(capsys)[1]["broken"] == [
        {"chain": "skill:3", "seq": 3, "reason": "not counted: the head is at 2"}
    ]


def test_words_are_for_people(chains, capsys):
    call_command("verify_ledger")

    assert capsys.readouterr().out == "2 条记录链，6 条留痕，0 处不符\n"
