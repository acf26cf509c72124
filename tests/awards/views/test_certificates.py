"""Certificates on screen: issue, list, PDF; the verification page and its silence."""

import io
import zipfile

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from awards.actions.certificates import (
    agree_revocation,
    ask_revocation,
    issue_certificates,
)
from awards.core.codes import FROM_ONE_ADDRESS, PAUSE
from awards.models import Certificate, CertificateFile
from jobs.models import Job
from tests.awards import desk

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def officer():
    return desk.make_officer(desk.make_bureau())


@pytest.fixture
def approver(officer):
    return desk.make_officer(
        officer.memberships.get().organization, "zhao", approves=True
    )


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


def make_owner(name):
    return desk.make_organization(name, "510000", desk.OrganizationKind.ORGANIZER)


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


def test_revoked_and_superseded_certificates_say_so(officer, approver, release):
    first, second = issue_certificates(release, by=officer, at=desk.AT)
    asked = ask_revocation(first, reason="冒名参赛", by=officer, at=desk.AT)
    agree_revocation(asked, by=approver, at=desk.AT)
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


def test_certificate_is_revoked_by_two_people_and_never_printed_again(
    officer, approver, release, page
):
    certificate = issue_certificates(release, by=officer, at=desk.AT)[0]
    address = f"/bureau/certificates/{certificate.pk}/revoke/"
    empty = page.post(address, {"reason": ""}, follow=True).content.decode()
    asked = page.post(address, {"reason": "冒名参赛"}, follow=True).content.decode()
    still = Client().get(f"/verify/{certificate.token}/").content.decode()
    withdrawal = certificate.withdrawals.get()
    step = f"/bureau/certificates/withdrawals/{withdrawal.pk}/"

    alone = page.post(step, {"do": "agree"})
    second = Client()
    second.force_login(approver, backend=BACKEND)
    agreed = second.post(step, {"do": "agree"}, follow=True).content.decode()
    printed = page.get(f"/bureau/certificates/{certificate.pk}.pdf", follow=True)

    assert "请写明撤销的原因和依据" in empty
    assert "由另一人复核后生效" in asked
    assert "这张证书有效" in still
    assert alone.status_code == 403  # an officer may ask, not agree
    assert "已撤销 SCGJ-2026-01-Z-0001" in agreed
    assert "已不是有效证书" in printed.content.decode()
    shown = Client().get(f"/verify/{certificate.token}/").content.decode()
    assert "这张证书已撤销" in shown


def test_second_person_may_decline_with_a_reason(officer, approver, release):
    certificate = issue_certificates(release, by=officer, at=desk.AT)[0]
    asked = ask_revocation(certificate, reason="重名", by=officer, at=desk.AT)
    second = Client()
    second.force_login(approver, backend=BACKEND)

    second.post(
        f"/bureau/certificates/withdrawals/{asked.pk}/",
        {"do": "decline", "reason": "核实无误"},
    )

    asked.refresh_from_db()
    certificate.refresh_from_db()
    assert (asked.state, asked.decision_reason) == ("declined", "核实无误")
    assert certificate.state == "valid"


def test_misprinted_certificate_is_shown_compared_and_made_anew(officer, release, page):
    certificate = issue_certificates(release, by=officer, at=desk.AT)[1]
    certificate.person.name = "吴珉"
    certificate.person.save()
    address = f"/bureau/certificates/{certificate.pk}/reissue/"

    before = page.get(address).content.decode()
    page.post(address, {"issue": "corrected", "reason": "姓名用字印错"})

    assert "<s>吴敏</s></td><td>吴珉" in before
    new = Certificate.objects.get(issue="corrected")
    old = Client().get(f"/verify/{certificate.token}/").content.decode()
    assert (new.number, new.content["name"]) == ("SCGJ-2026-01-Z-0003", "吴珉")
    assert "这张证书已作废" in old
    assert "换发：姓名用字印错" in old
    assert f"/verify/{new.token}/" in old


def test_unchanged_result_keeps_its_certificate_and_names_the_later_release(
    officer, release
):
    first, _second = issue_certificates(release, by=officer, at=desk.AT)
    skill = release.skills.get().skill
    entries = list(skill.entries.order_by("pk"))
    later = desk.publish(
        skill, [(entries[0], 1, "金牌"), (entries[1], 3, "铜牌")], by="system:demo"
    )

    shown = Client().get(f"/verify/{first.token}/").content.decode()

    assert "这张证书有效" in shown
    assert f"后来更正为 {later.number}，这张证书所载成绩未变" in shown


def test_file_is_known_by_its_bytes_and_any_other_is_not(officer, release, page):
    certificate = issue_certificates(release, by=officer, at=desk.AT)[0]
    pdf = page.get(f"/bureau/certificates/{certificate.pk}.pdf").content
    changed = pdf[:-20] + b"x" + pdf[-19:]

    known, unknown = (
        Client().post("/verify/file/", {"file": io.BytesIO(content)})
        for content in (pdf, changed)
    )

    assert known["Location"] == f"/verify/{certificate.token}/?file=same"
    shown = Client().get(known["Location"]).content.decode()
    assert "文件与签发的一字不差" in shown
    assert unknown.status_code == 404
    assert "不是平台签发的文件" in unknown.content.decode()
    assert unknown["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("form", "pages"), [("pdf", 2), ("zip", 1)])
def test_all_certificates_are_made_in_the_background(
    settings, officer, release, page, form, pages, django_capture_on_commit_callbacks
):
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}
    }
    issue_certificates(release, by=officer, at=desk.AT)
    address = f"/bureau/certificates/releases/{release.number}/batch/"

    with django_capture_on_commit_callbacks(execute=True):
        answer = page.post(address, {"form": form})

    job = Job.objects.get(kind="certificates")
    assert answer["Location"] == "/me/jobs/"
    assert (job.state, job.done, job.total, job.error) == ("done", 2, 2, "")
    made = page.get(f"/me/jobs/{job.pk}/").getvalue()
    if form == "zip":
        packed = zipfile.ZipFile(io.BytesIO(made))
        names = packed.namelist()
        assert names == ["SCGJ-2026-01-Z-0001.pdf", "SCGJ-2026-01-Z-0002.pdf"]
        made = packed.read(names[0])
        assert CertificateFile.objects.count() == 2
    assert len(pypdf.PdfReader(io.BytesIO(made)).pages) == pages


def test_list_of_certificates_asks_as_often_for_many_as_for_few(
    officer, page, django_assert_max_num_queries
):
    counts = []
    for number in (1, 3):
        people = [desk.make_person(f"周{n}", number * 10 + n) for n in range(number)]
        owner = make_owner(f"组委会{number}")
        competition = desk.make_competition(code=f"c-{number}", owner=owner)
        release = desk.make_final(people, competition)[0]
        issue_certificates(release, by=officer, at=desk.AT)
        address = f"/bureau/certificates/releases/{release.number}/"
        page.get(address)
        with django_assert_max_num_queries(60) as asked:
            assert page.get(address).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1]


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


def test_look_ups_that_find_nothing_stop_and_say_when_to_try_again(officer, release):
    certificate = issue_certificates(release, by=officer, at=desk.AT)[0]
    guessed = {"number": certificate.number, "name": "张三"}
    right = guessed | {"name": "周𠮷安"}
    found = Client().post("/verify/", right)
    answers = [Client().post("/verify/", guessed) for _time in range(FROM_ONE_ADDRESS)]

    stopped = Client().post("/verify/", right)
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.7")
    by_file = Client().post("/verify/file/", {"file": file})

    assert found.status_code == 302
    assert {answer.status_code for answer in answers} == {404}
    assert (stopped.status_code, by_file.status_code) == (429, 429)
    assert 0 < int(stopped["Retry-After"]) <= PAUSE.total_seconds()
    assert "查得太多了" in stopped.content.decode()
    assert stopped["Cache-Control"] == "no-store"
    assert Client().get("/verify/").status_code == 200
    assert Client().get(f"/verify/{certificate.token}/").status_code == 200
