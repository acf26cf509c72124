"""Signing a set: what was shown is what is signed, with one PIN, and a receipt."""

import pytest
from django.urls import reverse

from scoring.models import Signature
from tests.factories import PASSWORD
from tests.scoring.contest import PIN, make_contest
from tests.scoring.views.test_judge import facts_of, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    made = make_contest(entries=2)
    made.fill(0)
    made.fill(1)
    return made


def review_url(contest):
    return reverse("judge_review", args=[contest.skill.pk])


def sign(client, contest, page, pin=PIN, **changes):
    body = {
        "role": page.context["role"],
        "digest": page.context["digest"],
        "sheet": page.context["ready_ids"],
        "pin": pin,
    } | changes
    return client.post(reverse("judge_sign", args=[contest.skill.pk]), body)


def test_one_pin_signs_the_shown_set_and_the_receipt_counts_it(contest):
    client = signed_in(contest.judges[0])
    page = client.get(review_url(contest))

    response = sign(client, contest, page)
    receipt = client.get(response["Location"])

    signature = Signature.objects.get()
    assert signature.sheets.count() == 4
    found = receipt.context["receipt"]
    assert (found.entered, found.received) == (6, 6)
    assert facts_of(receipt, "judge-page")["receipt"]["seq"] == signature.seq
    assert f"#{signature.seq}" in receipt.content.decode()


def test_a_signed_set_is_shown_but_not_offered_again(contest):
    sheet = contest.sheet(0, "A1")
    contest.sign(contest.judges[0], "judge", [sheet])

    page = signed_in(contest.judges[0]).get(review_url(contest), {"sheet": sheet.pk})

    assert (page.context["is_signed"], page.context["ready_ids"]) == (True, [])


def test_wrong_pin_signs_nothing_and_shows_the_set_again(contest):
    client = signed_in(contest.judges[0])
    page = client.get(review_url(contest))

    response = sign(client, contest, page, pin="000000")

    assert response.status_code == 409
    assert "PIN" in response.context["error"]
    assert response.context["ready_ids"] == page.context["ready_ids"]
    assert not Signature.objects.exists()


def test_content_changed_after_it_was_shown_is_not_signed(contest):
    client = signed_in(contest.judges[0])
    page = client.get(review_url(contest))
    contest.mark(1, 0, "A1.M1", "0")

    response = sign(client, contest, page)

    assert response.status_code == 409
    assert not Signature.objects.exists()


def test_sheet_with_something_missing_is_shown_red_and_has_no_pad(contest):
    contest.mark(0, 0, "A1.M1", "")
    sheet = contest.sheet(0, "A1")

    page = signed_in(contest.judges[0]).get(review_url(contest), {"sheet": sheet.pk})

    assert page.context["missing_count"] == 1
    assert "data-sign" not in page.content.decode()
    assert f"/judge/sheets/{sheet.pk}/#a1" in page.content.decode()


def test_judge_waits_for_colleagues_by_name():
    contest = make_contest(entries=1)
    contest.mark(0, 0, "A1.M1", "1")
    contest.judged(0, "A1.J1", "2", "2")
    sheet = contest.sheet(0, "A1")

    page = signed_in(contest.judges[0]).get(review_url(contest), {"sheet": sheet.pk})

    assert page.context["colleagues"] == [str(contest.judges[2])]
    assert page.context["ready_ids"] == []


def test_chief_judge_signs_after_all_judges(contest):
    for judge in contest.judges:
        contest.sign(judge, "judge")
    client = signed_in(contest.chief)
    page = client.get(review_url(contest), {"role": "chief-judge"})

    response = sign(client, contest, page)

    assert response.status_code == 302
    assert contest.sheet(0, "A1").state == "chief-signed"


def test_foreign_sheets_and_unknown_roles_are_not_found(contest):
    other = make_contest(entries=1)
    client = signed_in(contest.judges[0])

    foreign = client.get(review_url(contest), {"sheet": other.sheet(0, "A1").pk})
    unknown = client.get(review_url(contest), {"role": "emperor"})

    assert (foreign.status_code, unknown.status_code) == (404, 404)


def test_results_are_verified_under_a_password_given_now(contest):
    contest.sign_all()
    client = signed_in(contest.officer)
    address = reverse("verify_skill", args=[contest.skill.pk])

    wrong = client.post(address, {"password": "no", "note": ""})
    right = client.post(address, {"password": PASSWORD, "note": "抽查 2 张，无误"})

    assert (wrong.status_code, right.status_code) == (400, 302)
    assert client.get(address).context["check"].verified_at is not None
