"""A database with N marks in it, made by the real actions; and what one mark asks of it.

    python -m bench.marks_data fill --marks 1000     what the client needs, as JSON
    python -m bench.marks_data plan                  every statement of one mark, with plan
    python -m bench.marks_data inserts --rows 2000   bare durable one-row inserts a second

The database is the one of ``DATABASE_URL``.
"""

import argparse
import json
import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.contrib.auth import (  # noqa: E402 - apps must be ready first
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    SESSION_KEY,
)
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from scoring.actions import enter_marks  # noqa: E402
from scoring.core.scheme import Criterion, Scheme, SubCriterion  # noqa: E402
from scoring.marking_events import MarkEvent  # noqa: E402
from scoring.models import Sheet  # noqa: E402
from tests.scoring.contest import Contest, make_contest  # noqa: E402
from tests.scoring.core.schemes import judgement, measurement  # noqa: E402

ENTRIES, JUDGES, SUBS, EACH = 40, 5, 10, 5
BATCH = 200
BARE = "CREATE TABLE IF NOT EXISTS bench_bare ({id}, body text NOT NULL)"
GROWING = ("ledger_event", "scoring_mark", "scoring_sheet", "scoring_result")


def scheme() -> Scheme:
    """A hundred aspects in ten sub-criteria, half measured, half judged by five."""
    criteria = []
    for letter in "ABCDEFGHIJ"[:SUBS]:
        code = f"{letter}1"
        aspects = [measurement(f"{code}.M{n}", "1") for n in range(1, EACH + 1)]
        aspects += [judgement(f"{code}.J{n}", "1") for n in range(1, EACH + 1)]
        sub = SubCriterion(code, f"模块{letter}", 1, tuple(aspects))
        criteria.append(Criterion(letter, f"模块{letter}", (sub,)))
    return Scheme("测量用方案", tuple(criteria))


def cells(contest: Contest, judge: int) -> Iterator[tuple[int, str, str]]:
    """Every cell that one judge fills: sheet, aspect, a value that is allowed."""
    sheets = Sheet.objects.filter(skill=contest.skill).select_related("sub_criterion")
    for sheet in sheets.order_by("pk"):
        code = sheet.sub_criterion.code
        for n in range(1, EACH + 1):
            if judge == 0:
                yield sheet.pk, f"{code}.M{n}", "1"
            yield sheet.pk, f"{code}.J{n}", "2"


def event(sheet: int, aspect: str, value: str) -> MarkEvent:
    return MarkEvent(key=uuid4(), sheet_id=sheet, aspect=aspect, value=value)


def enter(contest: Contest, marks: int) -> int:
    """Enter up to ``marks`` marks in batches; return how many there were to enter."""
    entered = 0
    for judge in range(JUDGES):
        mine = cells(contest, judge)
        while entered < marks and (
            batch := list(islice(mine, min(BATCH, marks - entered)))
        ):
            outcomes = enter_marks(
                contest.skill,
                events=[event(*cell) for cell in batch],
                by=contest.judges[judge],
                device="bench",
                at=contest.now(),
            )
            wrong = {each.code for each in outcomes if each.status != "accepted"}
            if wrong:
                raise SystemExit(f"marks were refused: {wrong}")
            entered += len(batch)
    return entered


def fill(marks: int) -> dict[str, Any]:
    """Fill an empty database; return what a client needs to mark the last skill."""
    call_command("migrate", verbosity=0)
    number = {
        "sqlite": "id integer PRIMARY KEY",
        "postgresql": "id bigserial PRIMARY KEY",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(BARE.format(id=number))
    entered = 0
    while entered < marks:
        contest = make_contest(scheme(), entries=ENTRIES, judges=JUDGES)
        competition = contest.skill.competition
        competition.phase = "competing"
        competition.save()
        entered += enter(contest, marks - entered)
    if connection.vendor == "postgresql":  # as autovacuum would by now
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return {
        "entered": entered,
        "skill": contest.skill.pk,
        "session": _session(contest.judges[0]),
        "cells": [cell[:2] for cell in cells(contest, 0) if ".M" in cell[1]],
    }


def _session(user: Any) -> str:
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return str(store.session_key)


@contextmanager
def explained(found: list[dict[str, Any]]) -> Iterator[None]:
    """Collect each statement with its plan while it runs."""

    def explain(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not re.match(r"(SELECT|UPDATE|DELETE|INSERT)", sql) or "EXPLAIN" in sql:
            return execute(sql, params, many, context)
        word = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
        cursor = context["cursor"]
        cursor.cursor.execute(word + sql, params)
        plan = [str(row[-1]) for row in cursor.cursor.fetchall()]
        shape = re.sub(r"\([^()]*%s[^()]*\)", "(…)", sql)
        found.append({"sql": shape, "plan": plan})
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        yield


def plan(skill_id: int) -> list[dict[str, Any]]:
    """Enter one mark and return its statements with their plans."""
    sheet = Sheet.objects.filter(skill=skill_id).select_related("skill").first()
    if sheet is None:
        raise SystemExit("fill the database first")
    code = sheet.sub_criterion.code
    by = sheet.skill.seats.order_by("number")[0].judge
    found: list[dict[str, Any]] = []
    with explained(found):
        (outcome,) = enter_marks(
            sheet.skill,
            events=[event(sheet.pk, f"{code}.M1", "0")],
            by=by,
            device="bench",
            at=timezone.now(),
        )
    if outcome.status != "accepted":
        raise SystemExit(f"the mark was {outcome.status}: {outcome.code}")
    return found


def inserts(rows: int) -> float:
    """Return how many bare rows a second can be inserted, each durable on its own."""
    with connection.cursor() as cursor:
        began = time.perf_counter()
        for n in range(rows):
            cursor.execute("INSERT INTO bench_bare (body) VALUES (%s)", [f"row {n}"])
        return rows / (time.perf_counter() - began)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.marks_data")
    parser.add_argument("what", choices=("fill", "plan", "inserts"))
    parser.add_argument("--marks", type=int, default=1000)
    parser.add_argument("--rows", type=int, default=2000)
    parser.add_argument("--skill", type=int, default=0)
    options = parser.parse_args()
    work = {
        "fill": lambda: fill(options.marks),
        "plan": lambda: plan(options.skill),
        "inserts": lambda: inserts(options.rows),
    }
    print(json.dumps(work[options.what](), ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
