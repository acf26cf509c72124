"""The roster page: check first, then all of it; nobody else's competition."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from competitions.models import Entry
from competitions.rosters import roster_template
from people.actions import grant_membership, register_user
from people.models import Person
from tests.competitions.test_rosters import AT, ROWS, competition, person

__all__ = ["competition"]


@pytest.fixture
def lin(competition):
    user = register_user(
        username="lin", name="林", password="long-Enough-9", by="system:test", at=AT
    )
    grant_membership(
        user,
        organization=competition.owner,
        role="organizer",
        starts_on=AT.date().replace(year=2020),
        by="system:test",
        at=AT,
    )
    return user


def upload(*rows):
    return SimpleUploadedFile("名单.xlsx", roster_template(rows))


def test_a_checked_roster_is_imported_whole(client, lin, competition):
    client.force_login(lin)
    url = reverse("organize_roster", args=[competition.code])

    checked = client.post(url, {"file": upload(*ROWS)})
    before = Person.objects.count()
    done = client.post(url, {"token": checked.context["token"]})

    page = checked.content.decode()
    assert "选手004" in page
    assert "519***********" in page
    assert ROWS[0]["identity_number"] not in page
    assert before == 0
    assert done.headers["Location"] == reverse(
        "organize_all_entries", args=[competition.code]
    )
    assert (Person.objects.count(), Entry.objects.count()) == (4, 2)


def test_a_roster_with_an_error_offers_no_import(client, lin, competition):
    client.force_login(lin)
    url = reverse("organize_roster", args=[competition.code])

    checked = client.post(url, {"file": upload(ROWS[0], person(9, skill="77"))})

    assert "token" not in checked.context
    assert "本赛事没有编号或名称为“77”的赛项" in checked.content.decode()
    assert Person.objects.count() == 0


def test_a_token_of_another_purpose_is_refused(client, lin, competition):
    client.force_login(lin)
    url = reverse("organize_roster", args=[competition.code])

    answer = client.post(url, {"token": "forged"})

    assert answer.headers["Location"] == url
    assert Person.objects.count() == 0


def test_strangers_do_not_find_the_page(client, lin, competition):
    stranger = register_user(
        username="sun", name="孙", password="long-Enough-9", by="system:test", at=AT
    )
    client.force_login(stranger)
    names = ["organize_roster", "organize_roster_template"]

    statuses = [
        client.get(reverse(name, args=[competition.code])).status_code for name in names
    ]

    assert statuses == [403, 403]


def test_the_template_is_an_attachment(client, lin, competition):
    client.force_login(lin)

    answer = client.get(reverse("organize_roster_template", args=[competition.code]))

    assert answer.content.startswith(b"PK")
    assert answer.headers["Content-Disposition"].startswith("attachment")
