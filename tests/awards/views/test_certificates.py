"""Certificates on screen: issue, list, PDF; the verification page and its silence."""

import io

import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from awards.actions.certificates import issue_certificates, revoke_certificate
from awards.models import Certificate
from tests.awards import desk

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def officer():
    return desk.make_officer(desk.make_bureau())


@pytest.fixture
def page(officer):
    client = Client()
    client.force_login(officer, backend=BACKEND)
    return client


@pytest.fixture
def release():
    people = [
        desk.make_person("周𠮷安", 1, unit="蜀山重型机械有限公司"),
        desk.make_person("吴敏", 2, unit="天府精工有限公司"),
    ]
    return desk.make_final(people)[0]


def text_of(content: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return "\n".join(page.extract_text() for page in pages)


def test_bureau_issues_lists_and_prints_certificates(page, release):
    issued = page.post(
        f"/bureau/certificates/releases/{release.number}/issue/", follow=True
    )
    batch = page.get(f"/bureau/certificates/releases/{release.number}.pdf")
    one = page.get(f"/bureau/certificates/{Certificate.objects.first().pk}.pdf?lang=bi")

    shown = issued.content.decode()
    assert "制作了 2 张证书" in shown
    assert "SCGJ-2026-01-Z-0001" in shown
    assert batch["Content-Type"] == "application/pdf"
    assert batch["Content-Disposition"].startswith("attachment")
    assert [name in text_of(batch.content) for name in ("周𠮷安", "吴敏")] == [
        True,
        True,
    ]
    assert "Certificate of Award" in text_of(one.content)


def test_organizer_reaches_only_the_papers_of_its_own_competition(release):
    own = Client()
    own.force_login(
        desk.make_user("lin", release.competition.owner, "organizer"), backend=BACKEND
    )
    address = f"/organize/{release.competition.code}/certificates/"
    assert own.get(address).status_code == 200
    issued = own.post(f"/bureau/certificates/releases/{release.number}/issue/")
    assert issued.status_code == 302
    assert Certificate.objects.count() == 2

    other_owner = desk.make_organization(
        "别的组委会", "510000", desk.OrganizationKind.ORGANIZER
    )
    other = Client()
    other.force_login(desk.make_user("sun", other_owner, "organizer"), backend=BACKEND)
    assert other.get(address).status_code == 404
    for path in ("", ".pdf"):
        listed = f"/bureau/certificates/releases/{release.number}{path or '/'}"
        assert other.get(listed).status_code == 404


def test_verification_shows_what_the_paper_must_say_with_one_character_masked(
    officer, release
):
    certificate = issue_certificates(release, by=officer, at=desk.AT)[0]

    answer = Client().get(f"/verify/{certificate.token}/")

    shown = answer.content.decode()
    for words in (
        "这张证书有效",
        "周＊安",
        "金牌，第 1 名",
        "2026 年四川工匠杯职业技能大赛，焊接（职工组）",
        "SCGJ-2026-01-Z-0001",
        release.number,
        certificate.digest[:4].upper(),
    ):
        assert words in shown
    assert "周𠮷安" not in shown
    assert answer["Cache-Control"] == "no-store"


def test_revoked_and_superseded_certificates_say_so(officer, release):
    first, second = issue_certificates(release, by=officer, at=desk.AT)
    revoke_certificate(first, reason="冒名参赛", by=officer, at=desk.AT)
    skill = release.skills.get().skill
    entries = list(skill.entries.order_by("pk"))
    correction = desk.publish(
        skill, [(entries[1], 1, "金牌"), (entries[0], None, "")], by="system:demo"
    )
    newer = issue_certificates(correction, by=officer, at=desk.AT)[0]

    revoked = Client().get(f"/verify/{first.token}/").content.decode()
    superseded = Client().get(f"/verify/{second.token}/").content.decode()

    assert "这张证书已撤销" in revoked
    assert "冒名参赛" in revoked
    assert "这张证书已作废" in superseded
    assert reverse("verify_certificate", args=[newer.token]) in superseded


def test_revoked_certificate_is_revoked_on_screen_and_never_printed_again(
    officer, release, page
):
    certificate = issue_certificates(release, by=officer, at=desk.AT)[0]

    empty = page.post(
        f"/bureau/certificates/{certificate.pk}/revoke/", {"reason": ""}, follow=True
    )
    done = page.post(
        f"/bureau/certificates/{certificate.pk}/revoke/",
        {"reason": "冒名参赛"},
        follow=True,
    )
    printed = page.get(f"/bureau/certificates/{certificate.pk}.pdf", follow=True)

    assert "请写明撤销的原因和依据" in empty.content.decode()
    assert "已撤销 SCGJ-2026-01-Z-0001" in done.content.decode()
    assert "已不是有效证书，不能再打印" in printed.content.decode()


def test_certificate_is_found_by_number_and_name_together(officer, release):
    certificate = issue_certificates(release, by=officer, at=desk.AT)[0]
    client = Client()

    found = client.post("/verify/", {"number": "scgj-2026-01-z-0001", "name": "周𠮷安"})

    assert found["Location"] == f"/verify/{certificate.token}/"


def test_home_page_brings_the_number_and_the_name_is_still_asked(officer, release):
    issue_certificates(release, by=officer, at=desk.AT)

    answer = Client().get("/verify/?no=SCGJ-2026-01-Z-0001")

    shown = answer.content.decode()
    assert 'value="SCGJ-2026-01-Z-0001"' in shown
    assert "获奖人姓名" in shown
    assert "金牌" not in shown


@pytest.mark.parametrize(
    ("number", "name"),
    [
        ("SCGJ-2026-01-Z-0001", "吴敏"),
        ("SCGJ-2026-01-Z-9999", "周𠮷安"),
        ("", ""),
    ],
)
def test_unknown_certificates_get_one_constant_answer(officer, release, number, name):
    issue_certificates(release, by=officer, at=desk.AT)
    client = Client()

    answer = client.post("/verify/", {"number": number, "name": name})
    by_token = client.get(f"/verify/{'0' * 32}/")

    assert (answer.status_code, by_token.status_code) == (404, 404)
    for response in (answer, by_token):
        shown = response.content.decode()
        assert "查不到这张证书" in shown
        assert "周" not in shown.replace(f'value="{name}"', "")


def test_certificate_of_another_province_is_not_found(release, officer):
    issue_certificates(release, by=officer, at=desk.AT)
    foreign = desk.make_bureau("440000", "广东省人力资源和社会保障厅")
    other = Client()
    other.force_login(desk.make_officer(foreign, "he"), backend=BACKEND)

    for certificate in Certificate.objects.all():
        address = f"/bureau/certificates/{certificate.pk}.pdf"
        assert other.get(address).status_code == 404
    assert (
        other.post(
            f"/bureau/certificates/{certificate.pk}/revoke/", {"reason": "x"}
        ).status_code
        == 404
    )
