"""The workbooks of a small final, cell by cell as they were written down."""

import pytest

from awards.actions.exports import Order, export_at_console, opened
from awards.enums import OutcomeKind
from tests.awards import desk, golden

pytestmark = pytest.mark.django_db


def scene():
    """A bureau, its officer and a final of three with a shared place and a grade."""
    bureau = desk.make_bureau()
    officer = desk.make_officer(bureau)
    names = ("周𠮷安", "=吴HYPERLINK(1)", "陈三")
    people = [
        desk.make_person(name, n, unit="蜀山重型机械有限公司")
        for n, name in enumerate(names, 1)
    ]
    desk.make_grade(people[0], 4, "S000051000001262000217")
    release, skill, entries = desk.make_final(people)
    return bureau, officer, release, skill, list(zip(people, entries, strict=True))


def exported(kind, bureau, officer, release, **changes) -> bytes:
    order = Order(
        kind=kind,
        bureau=bureau,
        purpose="上报",
        document="川人社函〔2026〕1 号",
        release=release,
        **{"is_masked": False, **changes},
    )
    batch = export_at_console(order, by=officer, approved_by=None, at=desk.AT)
    return opened(batch)


@pytest.mark.parametrize("masked", [False, True])
def test_promotion_roster(masked):
    bureau, officer, release, skill, line = scene()
    targets = ("高级技师", "技师", "技师")
    for (person, entry), target in zip(line, targets, strict=True):
        decision = desk.make_decision(release, skill, entry, person, value=target)
        desk.make_entitlement(decision)

    content = exported("promotion-roster", bureau, officer, release, is_masked=masked)

    golden.compare(f"promotion-roster{'-masked' * masked}", content)


def test_title_candidates():
    bureau, officer, release, skill, line = scene()
    for person, entry in line:
        decision = desk.make_decision(
            release,
            skill,
            entry,
            person,
            kind=OutcomeKind.TITLE,
            value="四川省技术能手",
            detail={},
        )
        desk.make_entitlement(decision)

    golden.compare(
        "title-candidates", exported("title-candidates", bureau, officer, release)
    )
