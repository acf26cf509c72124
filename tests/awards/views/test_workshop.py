"""The workshop's pages: writing, checking as one types, two people, other regions."""

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from awards import shelf
from awards.core.drafting import LONGEST
from awards.core.parsing import parse
from awards.models import DocumentVersion
from awards.queries import documents as stored
from tests.awards import desk
from tests.awards.written import CASES, IDENTIFIER, TEXT

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
NEW, CHECK = "/bureau/workshop/new/", "/bureau/workshop/check/"
SECRET = "correct horse battery"


def client_of(user):
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


@pytest.fixture
def bureau():
    return desk.make_bureau()


@pytest.fixture
def officer(bureau):
    return desk.make_officer(bureau)


@pytest.fixture
def page(officer):
    return client_of(officer)


@pytest.fixture
def approver(bureau):
    user = desk.make_officer(bureau, "li", approves=True)
    user.set_password(SECRET)
    user.pin = make_password("271828")
    user.save(update_fields=["password", "pin"])
    return user


def save(page, text=TEXT, cases=CASES):
    values = {"identifier": IDENTIFIER, "text": text, "cases": cases}
    page.post(NEW, {k: v.replace("\n", "\r\n") for k, v in values.items()})
    return DocumentVersion.objects.latest("pk")


def propose(page, version):
    url = f"/bureau/workshop/versions/{version.pk}/propose/"
    return page.post(url, {"reason": "新办法"}, follow=True).content.decode()


def publish(user, version, secret):
    url = f"/bureau/workshop/versions/{version.pk}/publish/"
    answer = client_of(user).post(url, {"secret": secret}, follow=True)
    return answer.content.decode()


def test_new_document_begins_from_a_template_with_every_section(page):
    shown = page.get(NEW).content.decode()

    for section in ("tier_role", "prize", "entry", "constraint", "rule", "gap",
                    "target", "equivalence", "title"):  # fmt: skip
        assert f"# [[{section}]]" in shown
    assert "四川省人力资源和社会保障厅" in shown


def test_template_is_sound_once_its_examples_are_uncommented():
    values = {"title": "新", "issuer": "省厅", "region": "510000", "day": "2026-01-01"}
    text = shelf.blank("document", **values)
    lines = [line.removeprefix("# ") for line in text.split("\n") if line[:2] != "##"]

    book = parse("\n".join(lines), name="x.toml")

    assert (len(book.rules), len(book.gaps), len(book.prizes)) == (1, 1, 1)


def test_text_comes_out_again_byte_for_byte(page):
    version = save(page)

    url = f"/bureau/workshop/versions/{version.pk}"
    assert page.get(f"{url}/text.toml").content == TEXT.encode()
    assert page.get(f"{url}/cases.toml").content == CASES.encode()


def test_document_of_the_shelf_is_opened_with_its_cases(page):
    shown = page.get("/bureau/workshop/documents/sichuan-2017-agriculture/")

    assert shown.context["form"]["text"].value() == shelf.text_of(
        "sichuan-2017-agriculture"
    )
    assert shown.context["check"].refusal.startswith("请写明 in_force_from")


@pytest.mark.parametrize(
    "identifier",
    ["national-2023-comprehensive", "shanxi-2023-provincial", "scgj-2026", "none"],
)
def test_document_of_another_region_is_not_found(page, identifier):
    assert page.get(f"/bureau/workshop/documents/{identifier}/").status_code == 404


def test_version_of_another_bureau_is_not_found(page, approver):
    version = save(page)
    other = desk.make_bureau("140000", "山西省人社厅")
    stranger = client_of(desk.make_officer(other, "sun", approves=True))
    url = f"/bureau/workshop/versions/{version.pk}/"

    assert stranger.get(url).status_code == 404
    for step in ("propose", "return", "publish", "anew"):
        assert stranger.post(f"{url}{step}/").status_code == 404
    assert stranger.get(f"{url}text.toml").status_code == 404


def test_two_people_publish_and_the_second_proves_who_they_are(page, approver):
    version = save(page)
    assert "已提请" in propose(page, version)

    assert "PIN 或口令不对" in publish(approver, version, "314159")
    assert stored.rulebook(IDENTIFIER) is None

    assert "已发布" in publish(approver, version, "271828")
    assert stored.rulebook_text(IDENTIFIER) == TEXT


def test_password_serves_as_well_and_an_officer_may_not_publish(
    page, approver, officer
):
    version = save(page)
    propose(page, version)
    url = f"/bureau/workshop/versions/{version.pk}/publish/"

    assert page.post(url, {"secret": SECRET}).status_code == 403
    assert "已发布" in publish(approver, version, SECRET)


def test_own_proposal_is_refused(page, approver):
    own = client_of(approver)
    version = save(own)
    propose(own, version)

    assert "不能发布自己" in publish(approver, version, SECRET)
    assert stored.rulebook(IDENTIFIER) is None


def test_changes_to_what_is_in_force_are_told_in_words(page, approver):
    version = save(page)
    propose(page, version)
    publish(approver, version, SECRET)

    newer = save(page, TEXT.replace("rank = 3", "rank = 2"), CASES)
    shown = page.get(f"/bureau/workshop/versions/{newer.pk}/")

    (change,) = shown.context["compared"].changes
    assert (change.kind, change.id) == ("changed", "W-1")
    assert (change.before, change.after) == (("名次：前 3 名",), ("名次：前 2 名",))
    lines = shown.context["compared"].lines
    assert ("-", "rank = 3") in lines and ("+", "rank = 2") in lines


def check(page, text=TEXT, cases=CASES):
    values = {"identifier": IDENTIFIER, "text": text, "cases": cases}
    return page.post(CHECK, values)


def test_check_answers_with_findings_cases_and_words_and_stores_nothing(page):
    good = check(page).json()
    bad = check(page, TEXT.replace("rank = 3", "ranks = 3")).json()

    assert (good["ok"], good["findings"], len(good["cases"])) == (True, [], 3)
    (finding,) = bad["findings"]
    assert (finding["line"], finding["place"]) == (17, "条款 W-1，条件")
    assert finding["message"].startswith("不认识。这里可写的有：")
    assert "文件第 17 行" in bad["panel"]
    assert not bad["ok"]
    assert DocumentVersion.objects.count() == 0


def test_what_is_typed_is_escaped(page):
    panel = check(page, TEXT.replace("第一条", "<script>x</script>")).json()["panel"]

    assert "<script>" not in panel


@pytest.mark.parametrize(
    "text",
    [
        "# 长\n" * (LONGEST // 4),
        "长" * (LONGEST + 1),
        "a = " + "[" * 90_000,
        "a = [\n" + "[\n" * 60_000,
        "[document]\n" + "[[rule]]\n" * 20_000,
        "a." * 90_000,
    ],
)
def test_check_answers_whatever_is_typed(page, text):
    for values in ({"text": text}, {"cases": text}):
        answer = check(page, **values)
        assert answer.status_code == 200
        assert not answer.json()["ok"]


def test_document_of_two_hundred_thousand_characters_is_read(page):
    comment = "# 长\n" * ((LONGEST - len(TEXT)) // 4)

    assert check(page, TEXT + comment).json()["ok"]


def test_nul_is_refused_before_it_is_read(page):
    assert check(page, "\0").status_code == 400


def test_text_that_cannot_be_stored_is_said_in_the_form(page):
    answer = page.post(NEW, {"identifier": "a b", "text": TEXT, "cases": CASES})

    assert answer.status_code == 422
    assert "文件标识请写成" in answer.content.decode()
    assert DocumentVersion.objects.count() == 0
