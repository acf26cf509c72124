"""A final with entitled people, and files asked for of it."""

import io

import openpyxl

from awards.actions.exports import (
    Order,
    export_at_console,
    start_export,
)
from awards.models import ExportBatch
from tests.awards import desk

ROSTER, TITLES = "promotion-roster", "title-candidates"
SECRET = "correct horse battery"


def with_secret(user):
    user.set_password(SECRET)
    user.save(update_fields=["password"])
    return user


def final_with(count: int, **decided):
    people = [
        desk.make_person(f"选手{n:03d}", n, unit="蜀山重型机械有限公司")
        for n in range(1, count + 1)
    ]
    release, skill, entries = desk.make_final(people)
    for person, entry in zip(people, entries, strict=True):
        decision = desk.make_decision(release, skill, entry, person, **decided)
        desk.make_entitlement(decision)
    return release, people


def order(release, bureau, **changes) -> Order:
    values = {
        "kind": ROSTER,
        "purpose": "上报",
        "document": "川人社函〔2026〕1 号",
        "is_masked": False,
        "release": release,
        **changes,
    }
    return Order(bureau=bureau, **values)


def ask(release, bureau, officer, **changes) -> ExportBatch:
    return start_export(order(release, bureau, **changes), by=officer, at=desk.AT)


def export(release, bureau, officer, **changes) -> ExportBatch:
    """A file made without a second person: at the console of the installation."""
    wanted = order(release, bureau, **changes)
    return export_at_console(wanted, by=officer, approved_by=None, at=desk.AT)


def rows_of(content: bytes, sheet: str) -> list[dict]:
    table = openpyxl.load_workbook(io.BytesIO(content))[sheet]
    heading, *rows = table.iter_rows(min_row=3, values_only=True)
    found = [dict(zip(heading, row, strict=True)) for row in rows]
    return [row for row in found if row["姓名"]]


def text_of(value) -> str:
    if value is None:
        return ""
    return value.date().isoformat() if hasattr(value, "date") else str(value)


def final_more(release, count: int):
    skill = release.skills.get().skill
    people = [desk.make_person(f"后来{n:03d}", 100 + n) for n in range(count)]
    entries = [desk.make_entry(skill, [p], f"x{n}") for n, p in enumerate(people)]
    results = [(entry, n + 1, "") for n, entry in enumerate(entries)]
    bigger = desk.publish(skill, results, by="system:demo")
    for person, entry in zip(people, entries, strict=True):
        decision = desk.make_decision(bigger, skill, entry, person)
        desk.make_entitlement(decision)
    return bigger, people
