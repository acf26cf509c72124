"""成绩汇总表: what it prints, on which paper, and who may print it."""

import io

import pypdf
import pypdfium2
import pytest

from competitions.actions import mark_attendance
from people.models import Person
from scoring.result_lists import with_cents
from tests.factories import make_member, make_organization
from tests.scoring.points import make_points, publicise, publish, verify

pytestmark = pytest.mark.django_db


def address(contest, release):
    return f"/organize/releases/{release.number}/{contest.skill.pk}/list.pdf"


def pages_of(pdf):
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    return ["".join(page.extract_text().split()) for page in reader.pages]


@pytest.fixture
def contest():
    contest = make_points(("90", "80.5", "70"), medal_rule="worldskills-2026")
    verify(contest)
    publicise(contest)
    return contest


def test_the_list_prints_places_points_signers_and_its_release(client, contest):
    release = publish(contest)
    client.force_login(contest.officer)
    answer = client.get(address(contest, release))
    (text,) = pages_of(answer.content)
    document = pypdfium2.PdfDocument(answer.content)
    sizes = [tuple(round(side) for side in page.get_size()) for page in document]
    document.close()

    assert sizes == [(842, 595)]
    assert answer["Content-Type"] == "application/pdf"
    assert "成绩汇总表" in text
    assert text.count(release.number) >= 2
    for entry, points in zip(contest.entries, ("90.00", "80.50", "70.00"), strict=True):
        name = entry.members.get().person.name
        delegation = "".join(entry.delegation.name.split())
        assert f"{entry.code}{name}{delegation}{points[:2]}" in text
        assert points in text
    for words in ("裁判长（签名）：", "监督仲裁（签名）：", "第1页，共1页"):
        assert words in text


def test_many_entries_take_pages_with_the_head_repeated(client):
    contest = make_points([str(90 - n) for n in range(40)])
    verify(contest)
    publicise(contest)
    release = publish(contest)
    client.force_login(contest.organizer)
    pages = pages_of(client.get(address(contest, release)).content)
    assert len(pages) > 1
    for number, text in enumerate(pages, start=1):
        assert f"第{number}页，共{len(pages)}页" in text
        assert release.number in text
    assert all("代表队" in text for text in pages[:-1])


def test_entries_without_a_place_are_listed_apart(client):
    contest = make_points(("80", "75", "70"))
    mark_attendance(
        contest.entries[2],
        state="absent",
        reason="未到",
        by=contest.organizer,
        at=contest.now(),
    )
    verify(contest)
    publicise(contest)
    release = publish(contest)
    client.force_login(contest.organizer)
    text = pages_of(client.get(address(contest, release)).content)[0]
    assert text.index("不列名次") < text.index("缺考")


def test_a_character_without_a_glyph_is_named(client, contest):
    release = publish(contest)
    person = contest.entries[0].members.get().person
    Person.objects.filter(pk=person.pk).update(name="张\U00031350")
    client.force_login(contest.organizer)
    text = client.get(address(contest, release), follow=True).content.decode()
    assert "这些字没有字形，汇总表印不出来：\U00031350。" in text


def test_strangers_and_unknown_skills_find_nothing(client, contest):
    release = publish(contest)
    client.force_login(contest.organizer)
    wrong = f"/organize/releases/{release.number}/999999/list.pdf"
    assert client.get(wrong).status_code == 404
    client.force_login(make_member(make_organization(kinds=["organizer"]), "organizer"))
    assert client.get(address(contest, release)).status_code == 404


@pytest.mark.parametrize(
    ("points", "printed"),
    [("22", "22.00"), ("24.1", "24.10"), ("8.125", "8.125"), ("-1", "-1.00"), ("", "")],
)
def test_points_of_a_module_have_two_decimals_at_least(points, printed):
    assert with_cents(points) == printed
