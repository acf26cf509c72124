"""The two commands of awards, by what they print."""

import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from awards import shelf
from awards.management.commands.check_rulebooks import _lacking
from tests.awards.results import (
    AT,
    entry_text,
    make_competition,
    make_entry,
    make_person,
    make_release,
    make_skill,
    skill_text,
)


def _json(capsys, *args):
    call_command(*args, "--json")
    return json.loads(capsys.readouterr().out)


def test_check_rulebooks_counts_the_shelf_and_finds_nothing_wrong(capsys):
    answer = _json(capsys, "check_rulebooks")

    assert answer["problems"] == []
    assert answer["rulebooks"] == len(shelf.files())
    assert answer["cases"] >= 3 * answer["rules"]
    parts = ("rules", "prizes", "entries", "constraints")
    assert sum(answer[part] for part in parts) >= 83
    assert answer["gaps"] > 0
    assert set(answer) == {
        "rulebooks", "rules", "prizes", "entries", "constraints", "cases", "gaps",
        "problems",
    }  # fmt: skip


def test_check_rulebooks_names_a_bad_one_and_fails(capsys, monkeypatch, repository):
    bad = repository / "tests/awards/bad_rulebooks/misspelled_condition.toml"
    monkeypatch.setattr(shelf, "files", lambda: [bad])

    with pytest.raises(SystemExit) as ended:
        call_command("check_rulebooks", "--json")

    answer = json.loads(capsys.readouterr().out)
    assert ended.value.code == 1
    assert answer["problems"][0].startswith("misspelled_condition.toml, rule X-1")


def test_check_rulebooks_says_what_the_cases_of_a_rule_leave_unproved():
    assert _lacking(["entitled", "refused", "open"]) == [
        "needs a case that is out of scope"
    ]
    assert _lacking([])[0] == "needs 3 cases"
    assert _lacking(["entitled", "refused", "out-of-scope"]) == []


@pytest.mark.django_db
def test_derive_awards_prints_the_decisions_of_a_release(capsys):
    competition = make_competition(
        "nat", name="第二届", tier="national", region="", origin="external",
        starts_on=AT.date().replace(2023), ends_on=AT.date().replace(2023),
    )  # fmt: skip
    skill = make_skill(competition, occupation_code="", group="unknown", team_size=2)
    pair = [make_person("选手006", "440100"), make_person("选手007", "440100")]
    entry = make_entry(skill, "T06", pair)
    text = entry_text(entry, award="优胜奖", place_low=4)
    release = make_release(competition, [skill_text(skill, [text], field=0)])

    lines = _json(capsys, "derive_awards", "--release", release.number)

    found = {
        (row["person"], row["rule"]): (row["kind"], row["decision"], row["missing"])
        for row in lines
    }
    assert found == {
        (name, rule): decision
        for name in ("选手006", "选手007")
        for rule, decision in {
            "NAT-3": ("title", "refused", []),
            "NAT-4": ("grade", "open", ["grade_held"]),
            "NAT-6": ("certificate", "open", ["professional_skill"]),
            "NAT-7": ("squad", "refused", []),
        }.items()
    }
    assert set(lines[0]) == {
        "person", "skill", "kind", "value", "decision", "missing", "rulebook",
        "rule", "clause", "reasons",
    }  # fmt: skip


@pytest.mark.django_db
def test_derive_awards_of_an_unknown_release_is_wrong_usage():
    with pytest.raises(CommandError) as refused:
        call_command("derive_awards", "--release", "R-2026-9999-0000", "--json")

    assert refused.value.returncode == 2
