"""Rebuilding a skill's results from its events, against reading the same rows.

    python -m bench.bench_recompute [--entries 40] [--aspects 220] [--rounds 7]

A database is filled by the real actions: every aspect judged by three.  The floor reads
the events of the skill with ``values_list``, whole rows; rebuilding reads them, hears
each one, computes every aspect, sheet, total and place.  In turns; processor time.
For the record: the ratio to reading nothing but type and body, and to reading the rows
of the stored marks, which take no part.
"""

import argparse
import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from bench.machine import machine, median, report

ROOT = Path(__file__).resolve().parents[1]
JUDGES, SUBS = 3, 20
LIMIT = 3.0


def scheme(aspects: int) -> Any:
    """A scheme of so many judged aspects, a hundred points in all."""
    from scoring.core.scheme import Criterion, Scheme, SubCriterion
    from tests.scoring.core.schemes import judgement

    each = aspects // SUBS
    maximum = str(Decimal(100) / (each * SUBS))[:12]
    criteria = []
    for letter in "ABCDE":
        subs = []
        for number in range(1, SUBS // 5 + 1):
            code = f"{letter}{number}"
            items = [judgement(f"{code}.J{n}", maximum) for n in range(1, each + 1)]
            subs.append(SubCriterion(code, code, 1, tuple(items)))
        criteria.append(Criterion(letter, letter, tuple(subs)))
    return Scheme("测量用方案", tuple(criteria))


def fill(entries: int, aspects: int) -> int:
    """Mark every cell by the real actions; return the skill."""
    from uuid import uuid4

    from django.core.management import call_command

    from scoring.actions import enter_marks
    from scoring.marking_events import MarkEvent
    from scoring.models import Sheet
    from tests.scoring.contest import make_contest

    call_command("migrate", verbosity=0)
    facts = {"is_rehearsal": True}  # its maxima need not add up to a hundred
    contest = make_contest(scheme(aspects), entries=entries, judges=JUDGES, facts=facts)
    sheets = list(Sheet.objects.filter(skill=contest.skill).order_by("pk"))
    each = aspects // SUBS
    for judge, user in enumerate(contest.judges):
        cells = [
            (sheet.pk, f"{sheet.sub_criterion.code}.J{n}", (sheet.pk + n + judge) % 2)
            for sheet in sheets
            for n in range(1, each + 1)
        ]
        for start in range(0, len(cells), 200):
            batch = [
                MarkEvent(uuid4(), sheet, aspect, str(1 + value))
                for sheet, aspect, value in cells[start : start + 200]
            ]
            enter_marks(
                contest.skill, events=batch, by=user, device="b", at=contest.now()
            )
    return int(contest.skill.pk)


def seconds(act: Callable[[], object]) -> float:
    gc.collect()
    began = time.process_time()
    act()
    return time.process_time() - began


def measure(skill_id: int, rounds: int) -> dict[str, Any]:
    """Medians of reading and of rebuilding, in turns."""
    from competitions.models import Skill
    from ledger.core.chain import skill_chain
    from ledger.queries import events_of
    from scoring.models import Mark
    from scoring.queries.rebuilding import rebuild

    skill = Skill.objects.select_related("competition").get(pk=skill_id)
    events = events_of(skill_chain(skill_id))
    rows, two = events.values_list(), events.values_list("type", "body")
    marks = Mark.objects.filter(sheet__skill=skill_id).values_list()
    floor, least, stored, found = [], [], [], []
    for _round in range(rounds):
        floor.append(seconds(lambda: list(rows.all())))
        least.append(seconds(lambda: list(two.all())))
        stored.append(seconds(lambda: list(marks.all())))
        found.append(seconds(lambda: rebuild(skill)))
    return {
        "ratio": round(median(found) / median(floor), 2),
        "limit": LIMIT,
        "to_two_columns": round(median(found) / median(least), 2),
        "to_stored_marks": round(median(found) / median(stored), 2),
        "read_seconds": round(median(floor), 3),
        "rebuild_seconds": round(median(found), 3),
        "events": rows.count(),
        "marks": Mark.objects.count(),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=40)
    parser.add_argument("--aspects", type=int, default=220)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        return inside(options)
    on = machine()
    with tempfile.TemporaryDirectory() as directory:
        url = f"sqlite:///{directory}/bench.sqlite3"
        words = [f"--{n}={getattr(options, n)}" for n in ("entries", "aspects")]
        done = subprocess.run(
            [sys.executable, "-m", "bench.bench_recompute", "--inside", *words]
            + [f"--rounds={options.rounds}"],
            env={**os.environ, "DATABASE_URL": url},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    result = json.loads(done.stdout)
    return report(
        "recompute", {**result, "machine": on}, passed=result["ratio"] <= LIMIT
    )


def inside(options: argparse.Namespace) -> int:
    """What runs with the bench's own database."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    skill = fill(options.entries, options.aspects)
    print(json.dumps(measure(skill, options.rounds)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
