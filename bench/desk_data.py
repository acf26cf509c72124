"""A bureau with N entitlements on its desk; answers how long its pages take.

    python -m bench.desk_data --lines 20000

Fills the database of ``DATABASE_URL``, prints one line when it is ready, then reads
addresses from its input, one a line, and prints for each the milliseconds and the
number of queries it took.
"""

import argparse
import json
import os
import sys
import time
from datetime import date, timedelta
from itertools import cycle, islice

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings  # noqa: E402 - apps must be ready
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import (  # noqa: E402
    CaptureQueriesContext,
    override_settings,
    setup_test_environment,
)

from awards.enums import DecisionState, EntitlementState, OutcomeKind  # noqa: E402
from awards.models import Decision, Entitlement  # noqa: E402
from competitions.enums import Tier  # noqa: E402
from competitions.models import Skill  # noqa: E402
from people.models import Organization, Person  # noqa: E402
from people.names import search_key, sort_key  # noqa: E402
from scoring.models import Release  # noqa: E402
from tests.awards import desk  # noqa: E402

PLAIN = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
REFUSED_EACH, OPEN_SHARE = 2, 5  # two refused lines a person, one in five waits
TIERS = (Tier.NATIONAL, Tier.PROVINCIAL, Tier.PROVINCIAL, Tier.MUNICIPAL)
FAMILY, GIVEN = "张王李赵刘陈杨黄周吴", "伟芳娜敏静强磊洋艳勇杰娟涛明超"
VALUES = (
    (OutcomeKind.GRADE, "高级技师"),
    (OutcomeKind.GRADE, "技师"),
    (OutcomeKind.GRADE, "高级工"),
    (OutcomeKind.TITLE, "四川省技术能手"),
    (OutcomeKind.BONUS, "20000 元"),
    (OutcomeKind.POOL, "高技能人才库"),
)
STATES = tuple(EntitlementState)[:6]
CONDITION = {
    "name": "名次",
    "asked": {"template": "前 {worst} 名", "values": {"worst": "3"}},
    "found": "名次 第 2 名",
    "source": "成绩版本",
    "verdict": "yes",
    "missing": [],
    "gap": "",
}
REASON = "名次：要求前 3 名；实际为第 2 名（成绩版本）。满足。"


def people(count: int) -> list[Person]:
    """``count`` people in four hundred units and twenty cities."""
    units = Organization.objects.bulk_create(
        Organization(
            name=f"第{n:03d}机械制造有限公司", kinds=["enterprise"], region="510100"
        )
        for n in range(400)
    )
    names = (f"{a}{b}{c}" for a in FAMILY for b in GIVEN for c in GIVEN)
    rows = [
        Person(
            name=name,
            sort_key=sort_key(name),
            search_key=search_key(name),
            identity_kind="resident-id",
            identity_number=desk.number_for(n % 1000),
            identity_hash=f"hash-{n}",
            birth_on=date(1980, 1, 1) + timedelta(days=n % 7000),
            home_region=f"51{n % 20 + 1:02d}00",
            organization=units[n % 400],
            registered_at=desk.AT,
        )
        for n, name in enumerate(islice(cycle(names), count))
    ]
    return Person.objects.bulk_create(rows, batch_size=500)


def fill(lines: int) -> None:
    """Four events of ten skills, and ``lines`` entitlements with what was refused."""
    places = []
    for n, tier in enumerate(TIERS):
        owner = desk.make_organization(
            f"组委会{n}", "510000", desk.OrganizationKind.ORGANIZER
        )
        event = desk.make_competition(
            code=f"event-{n}", name=f"第{n + 1}届技能大赛", tier=tier, owner=owner
        )
        skills = [
            desk.make_skill(event, f"{m:02d}", name=f"赛项{m}") for m in range(10)
        ]
        places += [(desk.publish(skills[0], [], by="system:bench"), s) for s in skills]
    decisions = []
    for n, person in enumerate(people(lines)):
        states = [DecisionState.ENTITLED]
        states += [DecisionState.REFUSED] * REFUSED_EACH
        states += [DecisionState.OPEN] if n % OPEN_SHARE == 0 else []
        decisions += [
            _decision(n, m, person, places[n % len(places)], state)
            for m, state in enumerate(states)
        ]
    Decision.objects.bulk_create(decisions, batch_size=500)
    _entitle()


def _decision(
    n: int, m: int, person: Person, place: tuple[Release, Skill], state: DecisionState
) -> Decision:
    """The ``m``-th decision about the ``n``-th person."""
    kind, value = VALUES[n % len(VALUES)]
    return Decision(
        release=place[0],
        skill=place[1],
        entry_id=n + 1,
        person=person,
        region=person.home_region,
        rulebook=desk.DOCUMENT,
        rulebook_digest="0" * 64,
        rule=f"sc-{m}",
        kind=kind,
        value=value,
        detail={"position": 0, "from": "技师", "result": "第 2 名，银牌"},
        state=state,
        missing=["grade_held"] if state == DecisionState.OPEN else [],
        conditions=[CONDITION] * 5,
        reasons=[REASON] * 5,
        facts_digest=f"{n}-{m}",
        evaluated_at=desk.AT,
    )


def _entitle() -> None:
    """An entitlement for every decision that entitles, in turns of its states."""
    entitled = Decision.objects.filter(state=DecisionState.ENTITLED).order_by("pk")
    Entitlement.objects.bulk_create(
        (
            Entitlement(
                decision=row,
                person_id=row.person_id,
                release_id=row.release_id,
                kind=row.kind,
                value=row.value,
                region=row.region,
                state=STATES[n % len(STATES)],
                due_on=desk.AT.date() + timedelta(days=n % 60 - 5),
                changed_at=desk.AT,
            )
            for n, row in enumerate(entitled)
        ),
        batch_size=500,
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.desk_data")
    parser.add_argument("--lines", type=int, required=True)
    options = parser.parse_args()
    call_command("migrate", verbosity=0)
    setup_test_environment()
    override_settings(STORAGES=settings.STORAGES | {"staticfiles": PLAIN}).enable()
    officer = desk.make_officer(desk.make_bureau())
    if options.lines:
        fill(options.lines)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client = Client()
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    print(json.dumps({"entitlements": Entitlement.objects.count()}), flush=True)
    for address in map(str.strip, sys.stdin):
        with CaptureQueriesContext(connection) as queries:
            status = client.get(address).status_code
        count = len(queries)  # the next request empties the log
        began = time.perf_counter()
        client.get(address)
        spent = 1000 * (time.perf_counter() - began)
        found = {"ms": spent, "queries": count, "status": status}
        print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
