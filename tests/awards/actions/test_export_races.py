"""A file made while others write: on SQLite an open read must not meet a write."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from awards.actions import exports
from awards.actions.exports import Order, start_export
from awards.enums import ExportState
from awards.exporting.tally import Tally
from awards.listings import reading
from awards.models import ExportRow
from jobs.enums import JobState
from people.models import Person
from tests.awards import desk

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.databases]
TARGETS = ("高级技师", "技师", "高级工", "中级工")


def test_checks_are_stored_although_others_write_while_lines_are_read(monkeypatch):
    order, officer = roster_with_a_sheet_per_target()
    monkeypatch.setattr(exports.making, "AT_ONCE", 1)  # a job: it runs on commit
    chunks, check, stored = reading.chunks, Tally.check, []
    monkeypatch.setattr(reading, "chunks", lambda rows: chunks(rows, size=1))

    def checked(tally, *line):
        with ThreadPoolExecutor(max_workers=1) as pool:
            pool.submit(another_writes, len(stored) + 100).result()
        stored.append(ExportRow.objects.count())
        return check(tally, *line)

    monkeypatch.setattr(Tally, "check", checked)

    batch = start_export(order, by=officer, at=desk.AT)

    batch.refresh_from_db()
    rows = ExportRow.objects.filter(batch=batch).order_by("entitlement")
    assert (batch.job.state, batch.state) == (JobState.DONE, ExportState.READY)
    assert stored == [0, 0, 0, 0]
    assert [(row.sheet, row.position) for row in rows] == [(t, 1) for t in TARGETS]
    assert Person.objects.filter(name="后来者").count() == len(TARGETS)


def roster_with_a_sheet_per_target():
    bureau = desk.make_bureau()
    people = [desk.make_person(f"选手{n}", n) for n in range(1, len(TARGETS) + 1)]
    release, skill, entries = desk.make_final(people)
    for person, entry, target in zip(people, entries, TARGETS, strict=True):
        decision = desk.make_decision(release, skill, entry, person, value=target)
        desk.make_entitlement(decision)
    order = Order("promotion-roster", bureau, "上报", document="1 号", is_masked=True)
    return order, desk.make_officer(bureau)


def another_writes(number):
    """What somebody else does at the same time, on a connection of their own."""
    try:
        desk.make_person("后来者", number)
    finally:
        connection.close()
