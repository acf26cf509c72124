"""History in words."""

import pytest
from django.db import transaction

from ledger.actions import EventDraft, append
from ledger.core.chain import competition_chain
from people.queries import history_of
from tests.factories import AT, make_person, make_user

pytestmark = pytest.mark.django_db


def write(*drafts, actor="system:import"):
    with transaction.atomic():
        append(
            competition_chain(7),
            [EventDraft(type_, body) for type_, body in drafts],
            actor=actor,
            at=AT,
        )


def test_history_reads_newest_first_with_names_and_words():
    user = make_user("lin")
    person = make_person("张伟")
    write(("appointed", {"person": f"person:{person.pk}", "role": "judge"}))
    write(("moved", {"key": "E1", "to": "competing"}), actor=user.actor)
    words = {"appointed": "聘任", "judge": "裁判员", "competing": "竞赛"}

    page = history_of(competition_chain(7), words | {"moved:competing": "参赛"})

    assert [(line.seq, line.actor, line.words, line.detail) for line in page] == [
        (2, "lin", "moved", "E1，参赛"),
        (1, "系统（import）", "聘任", "张伟，裁判员"),
    ]


def test_history_comes_in_pages_at_the_same_number_of_queries(
    django_assert_num_queries,
):
    write(*[("moved", {"key": f"E{number}"}) for number in range(5)])

    with django_assert_num_queries(2):  # the count and one page of a system's events
        page = history_of(competition_chain(7), {}, page="2", per_page=2)

    assert [line.detail for line in page] == ["E2", "E1"]
    assert page.has_next()
