"""The scheme page: check a workbook, import it whole, download it again."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from competitions.actions import create_competition, create_skill
from people.actions import grant_membership, register_organization, register_user
from people.commands import UsageError
from scoring.models import Scheme
from scoring.queries.schemes import scheme_of
from scoring.workbooks import read_scheme, scheme_template
from tests.scoring.contest import make_contest
from tests.scoring.test_scheme_template import CHINESE_SCHEME
from tests.scoring.test_workbooks import GOOD, JUDGED, SUB, scheme_file

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
BY = {"by": "system:test", "at": AT}


@pytest.fixture
def skill(db):
    owner, _ = register_organization(name="组委会", kinds=["organizer"], **BY)
    day = date(2026, 12, 1)
    competition = create_competition(
        name="省赛",
        code="sc-2026",
        tier="provincial",
        region="510000",
        dates=(day, day),
        owner=owner,
        **BY,
    )
    return create_skill(competition, number="01", name="电工", **BY)


@pytest.fixture
def lin(skill):
    user = register_user(username="lin", name="林", password="long-Enough-9", **BY)
    grant_membership(
        user,
        organization=skill.competition.owner,
        role="organizer",
        starts_on=date(2020, 1, 1),
        **BY,
    )
    return user


def upload(content):
    return SimpleUploadedFile("方案.xlsx", content)


def test_a_checked_scheme_is_put_in_force(client, lin, skill):
    client.force_login(lin)
    url = reverse("organize_scheme", args=[skill.pk])

    checked = client.post(url, {"file": upload(scheme_file(*GOOD))})
    before = Scheme.objects.count()
    done = client.post(url, {"token": checked.context["token"]}, follow=True)

    row = Scheme.objects.get()
    assert before == 0
    assert "Layout" in checked.content.decode()
    assert (row.version, row.source_name, row.imported_by) == (1, "方案.xlsx", lin)
    assert [p["code"] for p in row.findings] == ["few-criteria"]
    assert scheme_of(skill) == read_scheme(scheme_file(*GOOD), filename="a.xlsx").scheme
    assert "评分方案已导入" in done.content.decode()


def test_a_scheme_with_an_error_offers_no_import(client, lin, skill):
    client.force_login(lin)
    url = reverse("organize_scheme", args=[skill.pk])

    checked = client.post(url, {"file": upload(scheme_file(SUB, JUDGED))})

    assert "token" not in checked.context
    assert "缺少第 0、1、2、3 档的说明" in checked.content.decode()


def test_the_scheme_in_force_is_downloaded_in_both_layouts(client, lin, skill):
    client.force_login(lin)
    url = reverse("organize_scheme", args=[skill.pk])
    checked = client.post(url, {"file": upload(scheme_file(*GOOD))})
    client.post(url, {"token": checked.context["token"]})

    files = {
        layout: client.get(reverse("organize_scheme_file", args=[skill.pk, layout]))
        for layout in ("cis", "own", "template")
    }

    scheme = scheme_of(skill)
    for layout in ("cis", "own"):
        found = read_scheme(files[layout].content, filename="a.xlsx").scheme
        assert found == scheme
    assert files["template"].headers["Content-Disposition"].startswith("attachment")


def test_a_scheme_with_panels_has_no_cis_file(client, lin, skill):
    client.force_login(lin)
    url = reverse("organize_scheme", args=[skill.pk])
    checked = client.post(url, {"file": upload(scheme_template(CHINESE_SCHEME))})
    client.post(url, {"token": checked.context["token"]})

    answer = client.get(reverse("organize_scheme_file", args=[skill.pk, "cis"]))

    assert answer.status_code == 404
    assert scheme_of(skill) == CHINESE_SCHEME


def test_another_organizer_does_not_find_it(client, lin, skill):
    other, _ = register_organization(name="别的组委会", kinds=["organizer"], **BY)
    sun = register_user(username="sun", name="孙", password="long-Enough-9", **BY)
    grant_membership(
        sun, organization=other, role="organizer", starts_on=date(2020, 1, 1), **BY
    )
    client.force_login(sun)

    answer = client.get(reverse("organize_scheme", args=[skill.pk]))

    assert answer.status_code == 404


def test_the_command_imports_for_a_skill(lin, skill, tmp_path, capsys):
    path = tmp_path / "方案.xlsx"
    path.write_bytes(scheme_file(*GOOD))

    call_command("import_scheme", str(path), "--skill", "sc-2026/01", "--by", "lin")

    assert Scheme.objects.get().imported_by == lin
    assert "aspects=2" in capsys.readouterr().out


@pytest.mark.parametrize(
    "options",
    [[], ["--skill", "sc-2026/01"], ["--skill", "sc-2026/09", "--by", "lin"]],
)
def test_the_command_says_what_is_missing(options, lin, skill, tmp_path):
    path = tmp_path / "方案.xlsx"
    path.write_bytes(scheme_file(*GOOD))

    with pytest.raises(UsageError):
        call_command("import_scheme", str(path), *options)


@pytest.mark.django_db
def test_the_page_shows_what_sections_declare_and_what_they_get(client):
    contest = make_contest(is_open=False)
    client.force_login(contest.organizer)
    page = client.get(reverse("organize_scheme", args=[contest.skill.pk]))
    assert page.context["allocation"].total == 100
    assert "声明与实际相差" in page.content.decode()
