"""The bureau's other pages: people and facts, documents and gaps, exports, results."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from awards import shelf
from awards.actions.decisions import derive_awards
from awards.actions.documents import confirm_edition_document, submit_edition_document
from awards.models import Decision, EditionDocument, GapFilling
from people.models import GradeHeld, Person
from scoring.models import Release
from tests.awards import desk

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
HEADING = (
    "competition,tier,year,delegation,event,event_kind,group,team_size,team_id,rank,"
    "award,title_granted,contestant,unit\n"
)
LINE = "中华人民共和国第二届职业技能大赛,国家级综合,2023,四川/成都,工业机械,,,1,T01,1,金牌,,选手001,成都技师学院\n"


@pytest.fixture
def bureau():
    return desk.make_bureau()


@pytest.fixture
def officer(bureau):
    return desk.make_officer(bureau)


@pytest.fixture
def page(officer):
    client = Client()
    client.force_login(officer, backend=BACKEND)
    return client


@pytest.fixture
def final(officer):
    """The demonstration's own document, confirmed, and a final decided by it."""
    competition = desk.make_competition()
    text = shelf.demonstration_files()[0].read_text(encoding="utf-8")
    document = submit_edition_document(
        competition, text=text, by="system:demo", at=desk.AT
    )
    confirm_edition_document(document, by=officer, at=desk.AT)
    people = [desk.make_person(f"选手{n:03d}", n) for n in range(1, 7)]
    release, _skill, _entries = desk.make_final(people, competition)
    derive_awards(release, by="system:demo", at=desk.AT)
    return release, people


def grade_of(person: Person) -> tuple[str, str]:
    row = person.decisions.get(kind="grade", rule="TF-6", is_current=True)
    return row.state, row.value


def test_filling_the_grade_turns_open_into_entitled(page, final):
    _release, people = final
    person = people[0]
    assert grade_of(person)[0] == "open"
    asked = page.get(f"/bureau/people/{person.pk}/").content.decode()
    assert "缺：现持职业技能等级。" in asked

    page.post(
        f"/bureau/people/{person.pk}/grade/",
        {
            "occupation_code": "6-18-02-04",
            "grade": "4",
            "certificate_number": "S000051000001262000217",
            "evidence": "证书原件已核",
        },
    )

    assert grade_of(person) == ("entitled", "高级技师")
    held = GradeHeld.objects.get(person=person)
    assert (held.grade, held.recorded_by) == (4, f"user:{page_user(page)}")


def page_user(page: Client) -> str:
    return page.session["_auth_user_id"]


def test_confirming_no_grade_is_a_fact_of_its_own(page, final):
    person = final[1][1]

    page.post(
        f"/bureau/people/{person.pk}/no-grade/",
        {"occupation_code": "6-18-02-04", "evidence": "联网查询无记录"},
    )

    assert grade_of(person) == ("entitled", "技师")


@pytest.mark.parametrize(
    "changes",
    [
        {"certificate_number": "123"},
        {"grade": "3"},
        {"evidence": ""},
        {"occupation_code": "星际航行员"},
        {"grade": ""},
    ],
)
def test_fact_that_does_not_hold_together_is_refused_on_the_form(page, final, changes):
    person = final[1][0]
    values = {
        "occupation_code": "6-18-02-04",
        "grade": "4",
        "certificate_number": "S000051000001262000217",
        "evidence": "证书原件已核",
    }

    answer = page.post(f"/bureau/people/{person.pk}/grade/", {**values, **changes})

    assert answer.status_code == 422
    assert "form-error" in answer.content.decode() or "note" in answer.content.decode()
    assert GradeHeld.objects.count() == 0


def test_person_of_another_province_is_not_found(final):
    foreign = desk.make_bureau("440000", "广东省人力资源和社会保障厅")
    other = Client()
    other.force_login(desk.make_officer(foreign, "he"), backend=BACKEND)
    person = final[1][0]

    assert other.get(f"/bureau/people/{person.pk}/").status_code == 404
    answer = other.post(f"/bureau/people/{person.pk}/grade/", {"grade": "4"})
    assert answer.status_code == 404
    assert other.get("/bureau/documents/scgj-2026/").status_code == 404


def test_documents_show_gaps_and_what_was_not_seen(page, final):
    shown = page.get("/bureau/documents/").content.decode()

    for words in ("技能四川行动", "3 处待填", "原文未见", "scgj-2026"):
        assert words in shown


def test_gap_is_filled_with_its_paper_and_shown_where_it_is_used(page, final):
    address = "/bureau/documents/national-2023-comprehensive/"
    before = page.get(address).content.decode()
    assert "该赛项的年龄上限" in before

    answer = page.post(
        f"{address}gaps/NAT-7-age/",
        {"value": "{ at_most = 22 }", "document": "人社部函〔2023〕1 号"},
        follow=True,
    )

    filling = GapFilling.objects.get()
    assert (filling.gap, filling.document) == ("NAT-7-age", "人社部函〔2023〕1 号")
    assert "人社部函〔2023〕1 号" in answer.content.decode()


def test_gap_without_paper_or_with_nonsense_is_refused(page, final):
    address = "/bureau/documents/national-2023-comprehensive/gaps/NAT-7-age/"

    no_paper = page.post(address, {"value": "22", "document": ""})
    nonsense = page.post(address, {"value": "很年轻", "document": "文件"})

    assert (no_paper.status_code, nonsense.status_code) == (422, 422)
    assert GapFilling.objects.count() == 0


def test_organizer_submits_a_document_and_the_bureau_confirms_it(page):
    competition = desk.make_competition()
    organizer = Client()
    organizer.force_login(
        desk.make_user("lin", competition.owner, "organizer"), backend=BACKEND
    )
    text = shelf.demonstration_files()[0].read_text(encoding="utf-8")
    address = f"/organize/{competition.code}/document/"

    bad = organizer.post(address, {"text": "no toml ="})
    organizer.post(address, {"text": text})
    waiting = page.get("/bureau/documents/scgj-2026/").content.decode()
    page.post("/bureau/documents/scgj-2026/confirm/")

    assert bad.status_code == 200
    assert "form-error" in bad.content.decode()
    assert "核对无误，确认作为依据" in waiting
    assert EditionDocument.objects.get().confirmed_by.username == "wang"


def csv_file(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("results.csv", text.encode("utf-8-sig"), "text/csv")


@pytest.mark.django_db(transaction=True)  # decisions come on commit
def test_results_are_checked_first_and_taken_in_after(page):
    said = {"document": "人社部发〔2023〕9 号", "announced_on": "2023-09-20"}
    checked = page.post("/bureau/results/", {"file": csv_file(HEADING + LINE), **said})
    assert Release.objects.count() == 0
    token = checked.context["token"]

    done = page.post("/bureau/results/", {"token": token, **said})

    release = Release.objects.get()
    assert release.document == "人社部发〔2023〕9 号"
    assert done["Location"] == f"/bureau/?release={release.number}"


@pytest.mark.django_db(transaction=True)  # decisions come on commit
def test_event_that_no_document_covers_leads_to_the_documents(page):
    line = LINE.replace("国家级综合", "县级", 1).replace("2023", "1999")
    checked = page.post("/bureau/results/", {"file": csv_file(HEADING + line)})

    token = checked.context["token"]
    done = page.post("/bureau/results/", {"token": token}, follow=True)

    assert Release.objects.count() == 1
    assert Decision.objects.count() == 0
    assert done.redirect_chain == [("/bureau/documents/", 302)]
    assert "有效的规则文件都不涉及这次赛事，没有产生待遇" in done.content.decode()


def test_table_without_persons_names_the_columns_and_writes_nothing(page):
    text = (
        "competition,tier,year,event,rank,award\n大赛,国家级综合,2023,工业机械,1,金牌\n"
    )

    answer = page.post("/bureau/results/", {"file": csv_file(text)})

    shown = answer.content.decode()
    assert "有错误，不能导入" in shown
    assert "contestant" in shown or "选手" in shown
    assert Release.objects.count() == 0
    assert Decision.objects.count() == 0


def test_token_of_another_account_imports_nothing(page, bureau):
    token = page.post("/bureau/results/", {"file": csv_file(HEADING + LINE)}).context[
        "token"
    ]
    other = Client()
    other.force_login(desk.make_officer(bureau, "li"), backend=BACKEND)

    other.post("/bureau/results/", {"token": token})

    assert Release.objects.count() == 0
