"""终身档案 on screen and taken away: who may, what is recorded, one's own."""

import pytest
from django.test import Client
from django.urls import reverse

from awards.models import LifetimeCopy, PersonLook
from ledger.core.chain import bureau_chain
from ledger.queries import body_of, events_of
from people.models import User
from people.pdf import pdf_problem
from tests.awards import desk, pools

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau():
    return desk.make_bureau()


@pytest.fixture
def person():
    person = desk.make_person("王芳", 1, unit="成都一厂")
    desk.make_final([person])
    return person


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def test_looking_is_recorded_and_the_number_is_short(bureau, person):
    client = signed_in(desk.make_officer(bureau))

    page = client.get(reverse("bureau_lifetime", args=[person.pk])).content.decode()

    assert "第 1 名" in page
    assert person.identity_number not in page
    assert PersonLook.objects.get().place == "lifetime"


def test_a_copy_is_recorded_with_its_digest(bureau, person):
    client = signed_in(desk.make_officer(bureau))

    plain = client.get(reverse("bureau_lifetime_json", args=[person.pk])).json()

    copy = LifetimeCopy.objects.get()
    assert (copy.form, copy.is_full, copy.digest) == ("json", False, plain["digest"])
    last = events_of(bureau_chain(bureau.pk)).order_by("-seq").first()
    assert body_of(last) == {
        "person": f"person:{person.pk}",
        "copy": copy.pk,
        "form": "json",
        "full": False,
        "digest": copy.digest,
    }


def test_the_full_number_is_the_approvers_with_a_purpose(bureau, person):
    if problem := pdf_problem():
        pytest.skip(problem)
    where = reverse("bureau_lifetime_full", args=[person.pk])
    officer = signed_in(desk.make_officer(bureau))
    approver = signed_in(desk.make_officer(bureau, "li", approves=True))

    assert officer.post(where, {"purpose": "报厅人事处"}).status_code == 403
    assert approver.post(where, {"purpose": ""}).status_code == 422
    assert LifetimeCopy.objects.count() == 0
    answer = approver.post(where, {"purpose": "报厅人事处"})

    assert answer.content.startswith(b"%PDF")
    copy = LifetimeCopy.objects.get()
    assert (copy.is_full, copy.purpose) == (True, "报厅人事处")


def test_a_duplicates_address_opens_the_survivor(bureau, person):
    client = signed_in(desk.make_officer(bureau))
    duplicate = desk.make_person("王方", 2)
    duplicate.survivor = person
    duplicate.save()

    page = client.get(reverse("bureau_lifetime", args=[duplicate.pk])).content.decode()

    assert "王芳的终身档案" in page


def test_ones_own_file_is_ones_own(bureau, person):
    officer = desk.make_officer(bureau)
    pools.enter(pools.make_pool(bureau, officer), person, officer)
    user = User.objects.create(username="wf", name="王芳", person=person)
    client = signed_in(user)

    page = client.get(reverse("my_lifetime")).content.decode()
    plain = client.get(reverse("my_lifetime_json")).json()
    data = client.get(reverse("my_data")).json()

    assert "高技能人才库" in page
    assert plain["viewer"] == "person"
    assert person.identity_number not in page
    assert data["people"]["identity_number"] == person.identity_number
    assert data["awards"]["pools"][0]["what"] == "高技能人才库"
    assert reverse("my_lifetime") in client.get(reverse("me")).content.decode()
    if not pdf_problem():
        assert client.get(reverse("my_lifetime_pdf")).content.startswith(b"%PDF")
    assert LifetimeCopy.objects.count() == 0


def test_a_sign_in_without_a_person_has_no_file(bureau):
    client = signed_in(desk.make_officer(bureau))

    names = ("my_lifetime", "my_lifetime_pdf", "my_lifetime_json", "my_data")

    answers = [client.get(reverse(name)) for name in names]

    assert [answer["Location"] for answer in answers] == [reverse("me")] * 4
