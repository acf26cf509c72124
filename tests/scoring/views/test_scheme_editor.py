"""The scheme editor: writing, copying, putting in force, refusing."""

import inspect
import re

import pytest
from django.urls import reverse

from scoring.core import calculation, findings
from scoring.core.findings import Finding, freeze_findings
from scoring.models import Scheme as SchemeRow
from scoring.models import SchemeDraft
from scoring.queries.drafts import draft_of
from scoring.queries.schemes import scheme_of
from scoring.scheme_words import WORDS, remark_of
from scoring.views import scheme_parts
from scoring.workbooks import read_scheme
from tests.factories import make_member, make_organization, make_skill
from tests.scoring.contest import make_contest

pytestmark = pytest.mark.django_db
CLEAN = (
    "es2023_17_web_development.xlsx",
    "hk_mobile_module_a.xlsx",
    "wsc2019_09_it_software_solutions_ptbr.xlsx",
    "wsuk2024_17_national_final.xlsx",
)


@pytest.fixture
def contest(client):
    made = make_contest(is_open=False)
    client.force_login(made.organizer)
    return made


def begin(client, skill, source=""):
    return client.post(reverse("begin_scheme", args=[skill.pk]), {"source": source})


def put(client, skill, part, code, /, htmx=False, **given):
    url = reverse("edit_scheme_part", args=[skill.pk, part, code])
    seen = draft_of(skill).row.digest
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post(url, {"seen": seen, "do": "save"} | given, headers=headers)


def aspect(**changes):
    return {
        "kind": "measurement",
        "description": "尺寸",
        "maximum": "100",
        "calculation": "PASS_FAIL",
    } | changes


def test_a_scheme_is_written_from_nothing_and_put_in_force(client, contest):
    skill = make_skill(contest.skill.competition)
    begin(client, skill)
    put(client, skill, "criterion", "new", name="加工")
    put(client, skill, "sub", "new", parent="A", name="车削", day="1", panel="A")
    put(client, skill, "aspect", "new", parent="A1", **aspect())
    fault = {"maximum": "0", "calculation": "", "parameters": "每次扣=0.5；最多扣=1.5"}
    put(
        client, skill, "aspect", "new", parent="A1", **aspect(kind="deduction", **fault)
    )
    draft = draft_of(skill)
    assert freeze_findings(draft.scheme) == ()

    url = reverse("finish_scheme", args=[skill.pk])
    done = client.post(url, {"do": "adopt", "seen": draft.row.digest})

    assert done.url == reverse("organize_scheme", args=[skill.pk])
    aspects = scheme_of(skill).criteria[0].sub_criteria[0].aspects
    assert [(a.code, a.maximum) for a in aspects] == [("A1.M1", 100), ("A1.D2", 0)]
    assert SchemeDraft.objects.count() == 0


def test_the_scheme_in_force_stays_until_the_draft_is_adopted(client, contest):
    skill = contest.skill
    before = scheme_of(skill)
    begin(client, skill, "current")
    assert draft_of(skill).scheme == before
    put(client, skill, "aspect", "A1.M1", do="remove")
    assert scheme_of(skill) == before
    page = client.get(reverse("edit_scheme", args=[skill.pk])).content.decode()
    assert "满分合计 70" in page
    assert "不是 100" in page


def test_a_scheme_is_copied_from_another_skill_one_organizes(client, contest):
    skill = make_skill(contest.skill.competition)
    page = client.get(reverse("edit_scheme", args=[skill.pk]))
    assert [row.skill for row in page.context["copies"]] == [contest.skill]
    begin(client, skill, str(contest.skill.pk))
    assert draft_of(skill).scheme == scheme_of(contest.skill)


def test_a_scheme_of_a_stranger_is_not_found(client, contest):
    other = make_contest(is_open=False)
    assert begin(client, contest.skill, str(other.skill.pk)).status_code == 404
    assert client.get(reverse("edit_scheme", args=[other.skill.pk])).status_code == 404
    stranger = make_member(make_organization(kinds=["organizer"]), "organizer")
    client.force_login(stranger)
    url = reverse("edit_scheme", args=[contest.skill.pk])
    assert client.get(url).status_code == 404


def test_settings_sections_and_order_are_written(client, contest):
    skill = contest.skill
    begin(client, skill, "current")
    put(
        client, skill, "settings", "all",
        title="焊接总决赛", aspect="2", criterion="2", total="2",
        tie_1="sub:B1", tie_2="time", fallback="chief-judge",
        medal_rule="prizes-1-2-5",
    )  # fmt: skip
    put(client, skill, "section", "1", number="2", name="安全", declared="30")
    put(client, skill, "criterion", "B", do="up")
    scheme = draft_of(skill).scheme
    assert (scheme.title, scheme.ties, scheme.fallback, scheme.medal_rule) == (
        "焊接总决赛",
        ("sub:B1", "time"),
        "chief-judge",
        "prizes-1-2-5",
    )
    assert [section.number for section in scheme.sections] == ["2"]
    assert [criterion.letter for criterion in scheme.criteria] == ["B", "A"]


def test_a_change_over_somebody_elses_is_refused(client, contest):
    skill = contest.skill
    begin(client, skill, "current")
    url = reverse("edit_scheme_part", args=[skill.pk, "criterion", "A"])
    answer = client.post(url, {"seen": "old", "name": "改"}, follow=True)
    assert "改过" in answer.content.decode()
    assert draft_of(skill).scheme.criteria[0].name == "准备"


def test_what_is_wrong_is_said_beside_the_field(client, contest):
    begin(client, contest.skill, "current")
    answer = put(
        client, contest.skill, "aspect", "A1.M1", **aspect(maximum="x", parameters="y")
    )
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {"maximum", "parameters"}


def test_with_a_script_only_the_scheme_is_sent_back(client, contest):
    begin(client, contest.skill, "current")
    answer = put(client, contest.skill, "criterion", "A", htmx=True, name="备料")
    assert answer.headers["HX-Retarget"] == "#scheme-editor"
    assert "<html" not in answer.content.decode()
    assert "备料" in answer.content.decode()


@pytest.mark.parametrize(
    ("kind", "code"),
    [("criterion", "Z"), ("sub", "Z1"), ("aspect", "A1.M9"), ("nothing", "A")],
)
def test_a_part_that_is_not_there_is_not_found(client, contest, kind, code):
    begin(client, contest.skill, "current")
    url = reverse("edit_scheme_part", args=[contest.skill.pk, kind, code])
    assert client.get(url).status_code == 404


def test_once_sheets_exist_a_draft_can_only_be_proposed(client):
    contest = make_contest()
    client.force_login(contest.organizer)
    begin(client, contest.skill, "current")
    page = client.get(reverse("edit_scheme", args=[contest.skill.pk]))
    assert "预览新版本" in page.content.decode()
    seen = SchemeDraft.objects.get().digest
    url = reverse("finish_scheme", args=[contest.skill.pk])
    answer = client.post(url, {"do": "adopt", "seen": seen}, follow=True)
    assert "方案已经固定" in answer.content.decode()
    assert SchemeRow.objects.count() == 1


def test_a_draft_is_dropped_without_a_trace_on_what_is_in_force(client, contest):
    begin(client, contest.skill, "current")
    url = reverse("finish_scheme", args=[contest.skill.pk])
    client.post(url, {"do": "drop"})
    assert (SchemeDraft.objects.count(), SchemeRow.objects.count()) == (0, 1)


@pytest.mark.parametrize("name", CLEAN)
def test_a_part_saved_as_it_is_leaves_the_scheme_as_it_was(real_data, name):
    path = real_data / "marking-schemes" / name
    scheme = read_scheme(path.read_bytes(), filename=name).scheme
    for criterion in scheme.criteria:
        for sub in criterion.sub_criteria:
            for one in sub.aspects:
                shown = scheme_parts.part_of("aspect", one.code, "", scheme, {})
                given = {
                    key: "" if value is None else str(value).replace("\n", "\r\n")
                    for key, value in shown.form.initial.items()
                }
                part = scheme_parts.part_of("aspect", one.code, "", scheme, given)
                assert part.form.is_valid(), part.form.errors
                assert part.save(scheme) == scheme


def test_every_finding_has_words():
    told = inspect.getsource(findings) + inspect.getsource(calculation)
    named = re.findall(r'Finding\(\s*"([a-z0-9-]+)"', told)
    named += re.findall(r'(?:else|return) "([a-z-]+)"', told)
    named += re.findall(r'"((?:duplicate|section-var)[a-z-]+)"', told)
    assert sorted(WORDS) == sorted(set(named))
    for code in WORDS:
        assert remark_of(Finding(code, "A", "7")).text.endswith("。")


def test_queries_do_not_grow_with_the_scheme(
    client, contest, django_assert_max_num_queries
):
    begin(client, contest.skill, "current")
    with django_assert_max_num_queries(24):
        client.get(reverse("edit_scheme", args=[contest.skill.pk]))
