"""Papers on pages: printed without names, opened by code, keyed in, refused when old."""

import re

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from jobs.models import Job
from people.pdf import pdf_problem
from scoring.models import Mark, PaperForm, Sheet
from scoring.queries.paper import forms_with_rows, given_on, judges_on
from scoring.views import paper as paper_views
from scoring.views.paper_sheets import form_context, paper_pdf, work
from tests.scoring.actions.test_printing import printed
from tests.scoring.contest import PIN, make_contest
from tests.scoring.views.test_judge import signed_in

pytestmark = pytest.mark.django_db
needs_pango = pytest.mark.skipif(bool(pdf_problem()), reason=pdf_problem())


@pytest.fixture
def contest():
    return make_contest(entries=2)


@pytest.fixture
def form(contest):
    return printed(contest, sheets=[contest.sheet(0, "A1")])[0]


def context_of(*forms):
    found = forms_with_rows(PaperForm.objects.filter(pk__in=[f.pk for f in forms]))
    given = given_on(found)
    judges = judges_on([row.sheet for form in found for row in form.rows.all()])
    return [form_context(f, given[f.pk], "https://a.cn/", judges) for f in found]


def boxes(context):
    return [
        [(line.label, [box.text or box.choices for box in line.boxes])]
        for row in context["rows"]
        for line in row.lines
    ]


def test_a_blank_paper_has_boxes_for_every_seat_and_no_name(contest, form):
    (context,) = context_of(form)

    assert boxes(context) == [
        [("", [("是", "否")])],
        [("", [("0", "1", "2", "3")] * 3)],
    ]
    assert context["rows"][0].lines[0].boxes[0].span == 3
    assert [line["role"] for line in context["signers"]] == [
        "裁判 1", "裁判 2", "裁判 3", "裁判长", "监督仲裁",
    ]  # fmt: skip
    assert context["groups"].replace(" ", "") == form.event_hash[:48].upper()
    assert (context["versions"], context["supersedes"]) == ("1", 0)


def test_a_filled_paper_shows_values_and_who_signed_on_a_tablet(contest):
    contest.fill(0, levels="122")
    contest.sign(contest.judges[1], "judge", [contest.sheet(0, "A1")])
    (form,) = printed(contest, sheets=[contest.sheet(0, "A1")], is_filled=True)

    (context,) = context_of(form)

    assert boxes(context) == [[("", ["是"])], [("", ["1", "2", "2"])]]
    given = [line["given"] and line["given"].name for line in context["signers"]]
    assert given == [None, str(contest.judges[1]), None, None, None]


def test_many_side_by_side_have_a_row_for_each_seat(contest):
    sheets = [contest.sheet(0, "A1"), contest.sheet(1, "A1")]
    Sheet.objects.filter(pk=sheets[1].pk).update(seats=[1, 3], version=2)
    (form,) = printed(contest, "wide-many", sheets=sheets)

    (context,) = context_of(form)

    rows = context["rows"]
    assert [line.label for line in rows[1].lines] == ["1", "2", "3"]
    assert [box.is_void for box in rows[1].lines[1].boxes] == [False, True]
    assert (context["versions"], context["mixed"]) == ("1–2", True)


def test_a_judges_own_paper_asks_only_what_that_judge_enters(contest):
    forms = printed(contest, sheets=[contest.sheet(0, "A1")], by_seat=True)

    asked = [
        (c["whose"], [row.number for row in c["rows"]]) for c in context_of(*forms)
    ]

    assert asked == [
        ("全组共评", [1]),
        ("裁判 1 用表", [2]),
        ("裁判 2 用表", [2]),
        ("裁判 3 用表", [2]),
    ]


def test_nothing_printed_names_a_competitor_or_where_they_come_from(contest, form):
    (context,) = context_of(form)
    markup = render_to_string("scoring/paper_sheet.html", context)

    entry = contest.entries[0]
    people = [member.person.name for member in entry.members.all()]
    assert people
    for word in (*people, str(entry.delegation), entry.key):
        assert word not in re.sub(r'src="[^"]*"', "", markup)
    assert "工位" in markup
    assert str(form) in markup


@needs_pango
def test_the_papers_are_one_pdf_and_a_job_makes_the_same(contest):
    forms = printed(contest, "wide-many")
    rows = forms_with_rows(PaperForm.objects.filter(pk__in=[f.pk for f in forms]))
    seen = []

    pdf = paper_pdf(rows, origin="https://a.cn/")
    made = work(
        lambda done, total, _text: seen.append((done, total)),
        forms=[form.pk for form in forms],
        origin="https://a.cn/",
        name="评分表.pdf",
    )

    assert pdf.startswith(b"%PDF")
    assert (made.name, made.content[:4], seen) == (
        "评分表.pdf",
        b"%PDF",
        [(1, 2), (2, 2)],
    )


@needs_pango
def test_printing_from_the_page_gives_the_file(contest):
    client = signed_in(contest.chief)
    url = reverse("print_sheets", args=[contest.skill.pk])

    page = client.get(url)
    body = {"layout": "tall", "sub": "B1", "entry": "02"}
    answer = client.post(url, body)

    assert [group["code"] for group in page.context["groups"]] == ["A1", "B1"]
    assert answer["Content-Type"] == "application/pdf"
    assert PaperForm.objects.get().rows.get().sheet == contest.sheet(1, "B1")


def test_many_papers_become_a_job(contest, monkeypatch):
    monkeypatch.setattr(paper_views, "AT_ONCE", 1)
    client = signed_in(contest.chief)

    answer = client.post(
        reverse("print_sheets", args=[contest.skill.pk]), {"layout": "wide"}
    )

    assert answer["Location"] == reverse("my_jobs")
    assert Job.objects.get().kind == "print-sheets"
    assert PaperForm.objects.count() == 4


@pytest.mark.parametrize(
    "body", [{}, {"layout": "x"}, {"layout": "tall", "entry": "99"}]
)
def test_what_cannot_be_printed_says_why(contest, body):
    answer = signed_in(contest.chief).post(
        reverse("print_sheets", args=[contest.skill.pk]), body
    )
    assert answer.status_code == 409
    assert answer.context["error"]


def find(client, code):
    return client.get(reverse("paper_find"), {"code": code})


def test_a_code_opens_its_paper_typed_or_scanned(contest, form):
    client = signed_in(contest.officer)
    url = reverse("paper_form", args=[form.code])

    assert find(client, str(form).lower())["Location"] == url
    assert find(client, f"https://a.cn{url}?v=1")["Location"] == url
    assert find(client, "7F3A-92M5").status_code == 404


def names_of(page):
    """The boxes of the page by item and seat."""
    return {(row.number, row.seat): row.cells[0].name for row in page.context["rows"]}


def save(client, page, form, values):
    names = names_of(page)
    body = {"nonce": page.context["nonce"], "head": page.context["head"]}
    body |= {names[place]: value for place, value in values.items()}
    return client.post(reverse("paper_form", args=[form.code]), body)


def test_a_results_officer_keys_the_whole_grid(contest, form):
    client = signed_in(contest.officer)
    page = client.get(reverse("paper_form", args=[form.code]))

    values = {(1, ""): "1", (2, "1"): "2", (2, "2"): "2", (2, "3"): "3"}
    answer = save(client, page, form, values)

    assert answer.status_code == 302
    assert sorted(Mark.objects.values_list("code", "seat", "value")) == [
        ("A1.J1", 1, "2"),
        ("A1.J1", 2, "2"),
        ("A1.J1", 3, "3"),
        ("A1.M1", 0, "1"),
    ]
    again = client.get(reverse("paper_form", args=[form.code]))
    assert [row.cells[0].value for row in again.context["rows"]] == ["1", "2", "2", "3"]


def test_a_bad_cell_is_marked_and_what_was_typed_stays(contest, form):
    client = signed_in(contest.officer)
    page = client.get(reverse("paper_form", args=[form.code]))

    answer = save(client, page, form, {(1, ""): "1", (2, "1"): "7"})

    assert answer.status_code == 409
    row = answer.context["rows"][1]
    assert (row.cells[0].value, bool(row.cells[0].problem)) == ("7", True)
    assert Mark.objects.count() == 0


def test_a_judge_sees_only_their_own_boxes_and_nobodys_values(contest, form):
    contest.mark(0, 0, "A1.J1", "3")

    page = signed_in(contest.judges[1]).get(reverse("paper_form", args=[form.code]))

    assert set(names_of(page)) == {(1, ""), (2, "2")}
    assert 'value="3"' not in page.content.decode()


def test_an_old_paper_is_shown_with_the_reason_and_no_boxes(contest, form):
    Sheet.objects.filter(pk=contest.sheet(0, "A1").pk).update(version=2)

    page = signed_in(contest.officer).get(reverse("paper_form", args=[form.code]))

    assert "这张纸已作废" in page.context["old"]
    assert "<textarea" not in page.content.decode()


def test_chief_judge_and_officer_take_a_paper_as_signed(contest, form):
    officer, chief = signed_in(contest.officer), signed_in(contest.chief)
    page = officer.get(reverse("paper_form", args=[form.code]))
    save(
        officer, page, form, {(1, ""): "1", (2, "1"): "2", (2, "2"): "2", (2, "3"): "2"}
    )
    shown = chief.get(reverse("paper_form", args=[form.code])).context["signing"]

    chief.post(
        reverse("paper_take", args=[form.code]),
        {
            "digest": shown["digest"],
            "witness": contest.officer.pk,
            "pin": PIN,
            "witness_pin": PIN,
        },
    )

    assert contest.sheet(0, "A1").state == "judge-signed"
    assert page.context["signing"] is None


def test_only_the_chief_judge_takes_a_paper_as_signed(contest, form):
    url = reverse("paper_take", args=[form.code])

    for user in (contest.officer, contest.judges[0]):
        assert signed_in(user).post(url).status_code == 404
    assert signed_in(contest.chief).post(url).status_code == 302


def test_who_opens_a_paper(contest, form):
    stranger = make_contest(entries=1)
    others = [stranger.chief, stranger.officer, stranger.judges[0], contest.organizer]
    url = reverse("paper_form", args=[form.code])

    assert [signed_in(user).get(url).status_code for user in others] == [404] * 3 + [
        403
    ]
    allowed = [contest.chief, contest.officer, contest.judges[0]]
    assert [signed_in(user).get(url).status_code for user in allowed] == [200] * 3
