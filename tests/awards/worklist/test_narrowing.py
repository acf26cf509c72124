"""A search of the work list means the same, listed once or asked within each query."""

from datetime import date

import pytest

from awards.models import Decision
from awards.worklist import Filters, narrowed, narrowing, resolved
from tests.awards import desk

TODAY = date(2026, 11, 20)


def found(filters: Filters) -> list[str]:
    rows = narrowed(Decision.objects.all(), filters, TODAY).order_by("pk")
    return [row.subject_name for row in rows]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("zhanglong", ["张龙"]),
        ("第一机械", ["张龙", "吕绿"]),
        ("焊接", ["张龙", "吕绿", "王五"]),
        ("nobody", []),
    ],
)
@pytest.mark.parametrize("listed", [500, 1, 0])
def test_a_search_finds_the_same_however_much_it_means(
    monkeypatch, typed, names, listed
):
    monkeypatch.setattr(narrowing, "LISTED", listed)
    people = [
        desk.make_person("张龙", 1, unit="第一机械厂"),
        desk.make_person("吕绿", 2, unit="第一机械厂"),
        desk.make_person("王五", 3),
    ]
    release, skill, entries = desk.make_final(people)
    for person, entry in zip(people, entries, strict=True):
        desk.make_decision(release, skill, entry, person)

    asked = Filters(q=typed)

    assert found(asked) == names
    assert found(resolved(asked)) == names
    assert resolved(asked).query == asked.query
    assert resolved(asked) == asked
