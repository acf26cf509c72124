"""Integrity records and their end."""

from datetime import date

import pytest

from people.actions import end_sanction, record_sanction
from people.errors import FactRefused
from people.queries import sanctions_on
from tests.factories import AT, BY, make_person

pytestmark = pytest.mark.django_db


def sanction_of(person, **facts):
    values = {"scope": "竞赛", "reason": "替考", "starts_on": date(2026, 1, 1)}
    return record_sanction(person, by=BY, at=AT, **values | facts)


def test_an_ended_sanction_no_longer_counts_and_stays():
    person = make_person()
    record = sanction_of(person, document="川赛办〔2026〕3 号")
    assert list(sanctions_on(AT, persons=[person.pk])) == [record]

    end_sanction(record, ends_on=date(2026, 8, 1), reason="复核撤销", by=BY, at=AT)

    record.refresh_from_db()
    assert list(sanctions_on(AT, persons=[person.pk])) == []
    assert (record.document, record.end_reason, record.ended_by) == (
        "川赛办〔2026〕3 号",
        "复核撤销",
        BY,
    )


@pytest.mark.parametrize(
    ("known", "ends_on", "code"),
    [
        (None, date(2025, 12, 31), "sanction-dates"),
        (date(2026, 6, 1), date(2026, 7, 1), "sanction-ended"),
    ],
)
def test_an_end_before_the_beginning_or_later_than_known_is_refused(
    known, ends_on, code
):
    record = sanction_of(make_person(), ends_on=known)

    with pytest.raises(FactRefused) as refused:
        end_sanction(record, ends_on=ends_on, reason="复核", by=BY, at=AT)
    assert refused.value.code == code


def test_a_sanction_that_ends_before_it_begins_is_refused():
    with pytest.raises(FactRefused):
        sanction_of(make_person(), ends_on=date(2025, 1, 1))
