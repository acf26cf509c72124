"""One step of the export measurement, in a process of its own.

    python -m bench.exports_data fill|export|write|bare --lines 50000 --file OUT.xlsx

``fill`` fills the database of ``DATABASE_URL`` with a bureau's promotions; ``export``
makes the full roster of them as the desk does, sealed and with every check kept;
``write`` writes as many lines that cost nothing to read; ``bare`` writes the cells of
FILE with openpyxl alone.  Prints seconds of the processor and of the clock, and the most
memory used.
"""

import argparse
import json
import os
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

import openpyxl  # noqa: E402 - apps must be ready
from django.core.management import call_command  # noqa: E402
from django.db.models import Q  # noqa: E402

from awards.actions.exports import Order, export_at_console, opened  # noqa: E402
from awards.exporting.cover import Facts  # noqa: E402
from awards.exporting.tally import Tally  # noqa: E402
from awards.exporting.workbook import write_workbook  # noqa: E402
from awards.listings.base import ListLine, Selection  # noqa: E402
from awards.listings.registry import LISTINGS  # noqa: E402
from awards.models import Decision, Entitlement, ExportBatch, ExportRow  # noqa: E402
from awards.worklist import Filters  # noqa: E402
from people.enums import OrganizationKind  # noqa: E402
from people.models import Organization, Person, User  # noqa: E402
from people.names import search_key, sort_key  # noqa: E402
from scoring.models import Release  # noqa: E402
from scoring.queries.release_text import skill_head  # noqa: E402
from tests.awards import desk  # noqa: E402

GRADES = ("高级技师", "技师", "高级工")
A_SKILL, SKILLS = 200, 10
ROSTER = "promotion-roster"


def fill(lines: int) -> None:
    """A bureau, an approver, and releases of two thousand promotions each."""
    call_command("migrate", verbosity=0)
    bureau = desk.make_bureau()
    desk.make_officer(bureau, "wang")
    desk.make_officer(bureau, "li", approves=True)
    units = [
        desk.make_organization(
            f"第{n:03d}机械制造有限公司", "510100", OrganizationKind.ENTERPRISE
        )
        for n in range(50)
    ]
    people = persons(lines, units)
    for number in range(0, lines, A_SKILL * SKILLS):
        event(number, people[number : number + A_SKILL * SKILLS])


def persons(count: int, units: list[Organization]) -> list[Person]:
    rows = [
        Person(
            name=f"选手{n:06d}",
            sort_key=sort_key("选手"),
            search_key=search_key("选手"),
            identity_kind="resident-id",
            identity_number=desk.number_for(n % 1000),
            identity_hash=f"hash-{n}",
            phone=f"138{n:08d}",
            sex="1",
            birth_on=desk.AT.date().replace(year=1980),
            education="大学专科",
            home_region="510100",
            employment_kind="worker",
            organization=units[n % len(units)],
            registered_at=desk.AT,
        )
        for n in range(count)
    ]
    return Person.objects.bulk_create(rows, batch_size=500)


def event(number: int, people: list[Person]) -> None:
    owner = desk.make_organization(
        f"组委会{number}", "510000", OrganizationKind.ORGANIZER
    )
    competition = desk.make_competition(
        code=f"event-{number}", name=f"第{number}届职业技能大赛", owner=owner
    )
    skills = [desk.make_skill(competition, f"{n:02d}") for n in range(SKILLS)]
    shares = [people[n * A_SKILL : (n + 1) * A_SKILL] for n in range(SKILLS)]
    texts = [
        {**skill_head(skill, field=len(share), registered=len(share)),
         "entries": [entry(person, place) for place, person in enumerate(share, 1)]}
        for skill, share in zip(skills, shares, strict=True)
    ]  # fmt: skip
    serial = number // (A_SKILL * SKILLS) + 1
    release = Release.objects.create(
        number=f"R-2026-{serial:04d}-0000",
        competition=competition,
        year=2026,
        serial=serial,
        text=json.dumps({"skills": texts}),
        digest="0" * 64,
        document="9 号",
        published_by="system:bench",
        published_at=desk.AT,
    )
    decisions = [
        Decision(
            release=release, skill=skill, entry_id=person.pk, person=person,
            region=person.home_region, rulebook=desk.DOCUMENT,
            rulebook_digest="0" * 64, rule="sc-1", clause="第五条", kind="grade",
            value=GRADES[place % 3], detail={"position": 0, "from": "高级工"},
            state="entitled", facts_digest=str(person.pk), evaluated_at=desk.AT,
        )
        for skill, share in zip(skills, shares, strict=True)
        for place, person in enumerate(share)
    ]  # fmt: skip
    made = Decision.objects.bulk_create(decisions, batch_size=500)
    rows = [
        Entitlement(
            decision=row, person_id=row.person_id, release=release, kind=row.kind,
            value=row.value, region=row.region, changed_at=desk.AT,
        )
        for row in made
    ]  # fmt: skip
    Entitlement.objects.bulk_create(rows, batch_size=500)


def entry(person: Person, place: int) -> dict[str, Any]:
    member = {"person": person.pk, "position": 1, "employment_kind": "worker"}
    return {
        "entry": person.pk, "key": str(place), "standing": "ranked", "place": place,
        "place_low": place, "place_high": place, "award": "third", "delegation": "成都",
        "points": "90.43", "members": [{**member, "organization": None}], "coaches": [],
        "modules": [
            {"letter": "A", "name": "理论知识", "points": "26.55"},
            {"letter": "B", "name": "实操", "points": "63.88"},
        ],
    }  # fmt: skip


def export(file: Path) -> None:
    """The full roster as the desk makes it; FILE is what would be taken away."""
    users = {user.username: user for user in User.objects.all()}
    bureau = users["wang"].memberships.get().organization
    order = Order(ROSTER, bureau, "上报", document="1 号", is_masked=False)
    who = {"by": users["wang"], "approved_by": users["li"]}
    batch = export_at_console(order, at=desk.AT, **who)
    if ExportRow.objects.filter(batch=batch).count() != batch.lines:
        raise SystemExit("a line has lost its check")
    global peak
    peak = memory()
    file.write_bytes(opened(batch))


def write(lines: int, file: Path) -> None:
    """As many lines as wanted, made up on the way, through the same writer."""
    listing, bureau = LISTINGS[ROSTER], Organization(name="四川省人社厅")
    user = User(name="账号wang")
    batch = ExportBatch(
        number="E-2026-000001", kind=ROSTER, bureau=bureau, asked_by=user,
        asked_at=desk.AT, purpose="上报", is_masked=False,
    )  # fmt: skip
    chosen = Selection(bureau=bureau, scope=Q(), filters=Filters(), at=desk.AT)
    tally = Tally(batch.number, lines, lambda *_told: None, lambda _row: None)
    with file.open("wb") as out:
        facts = Facts(batch, listing, chosen, 0, desk.AT)
        write_workbook(out, facts, made_up(lines), tally)


def made_up(lines: int) -> Iterator[ListLine]:
    columns = [each.column for each in LISTINGS[ROSTER].columns]
    for n in range(lines):
        cells = {column.key: f"某某{n % 97}的内容" for column in columns[1:]}
        cells |= {"name": f"选手{n}", "identity_number": f"51990019910407{n:04d}"}
        yield ListLine(GRADES[3 * n // lines], cells, n, n, "办法", "R-1")


def bare(file: Path) -> None:
    """The very cells of FILE by openpyxl's write-only sheets, unstyled, to a file."""
    source = openpyxl.load_workbook(file, read_only=True)
    sheets = [(s.title, list(s.iter_rows(values_only=True))) for s in source.worksheets]
    global began
    began = clocks()
    book = openpyxl.Workbook(write_only=True)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(file.with_suffix(".bare.xlsx"))


def clocks() -> tuple[float, float]:
    return time.process_time(), time.perf_counter()


def memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


peak = 0.0
began = clocks()


def main() -> None:
    global began
    parser = argparse.ArgumentParser(prog="python -m bench.exports_data")
    parser.add_argument("step", choices=("fill", "export", "write", "bare"))
    parser.add_argument("--lines", type=int, required=True)
    parser.add_argument("--file", type=Path, required=True)
    options = parser.parse_args()
    before, began = memory(), clocks()
    if options.step == "fill":
        fill(options.lines)
    elif options.step == "write":
        write(options.lines, options.file)
    else:
        {"export": export, "bare": bare}[options.step](options.file)
    processor, clock = (now - then for now, then in zip(clocks(), began, strict=True))
    answer = {
        "processor": round(processor, 2),
        "seconds": round(clock, 2),
        "peak_mib": round(peak or memory(), 1),
        "start_mib": round(before, 1),
    }
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
