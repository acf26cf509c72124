"""Roster workbooks: read, checked, imported whole or not at all."""

import json
from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command

from competitions.actions import create_competition, create_skill
from competitions.actions.rosters import import_roster
from competitions.models import Entry, EntryMember
from competitions.rosters import read_roster, roster_template
from people.actions import register_organization, register_user
from people.commands import UsageError
from people.core.identity import check_character
from people.models import GradeHeld, Person, TitleHeld
from people.spreadsheets import WARNING
from tests.workbooks import bad_files, workbook_of

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
ON = date(2026, 11, 20)


def number(serial, birth="19900101"):
    """An identity number whose region was never assigned."""
    digits = f"519900{birth}{serial:03d}"
    return digits + check_character(digits)


def person(serial, **facts):
    return {
        "skill": "01",
        "delegation": "成都市代表队",
        "name": f"选手{serial:03d}",
        "identity_number": number(serial),
        "organization": "锦程公司",
        **facts,
    }


def read(*rows):
    return read_roster(roster_template(rows), filename="名单.xlsx", on=ON)


def found(reading):
    return [
        (p.code, p.row, p.column) for p in reading.problems if p.severity != WARNING
    ]


def test_rows_become_entries_with_everything_they_say():
    reading = read(
        person(
            1,
            delegation_region="510100",
            sex="男",
            employment="职工",
            home_region="成都市",
            phone="13800000000",
            occupation="6-31-01-03",
            grade="高级工",
            issued_on="2020年5月1日",
            title="成都市技术能手",
        ),
        person(2, skill="2", team="T1"),
        person(3, skill="2", team="T1"),
        person(4, skill="2", team="T1", role="教练"),
    )

    single, pair = reading.entries
    (first,) = single.members
    assert found(reading) == []
    assert reading.people == 4
    assert (single.skill, single.delegation_region, single.team) == ("01", "510100", "")
    assert dict(first.facts) == {
        "sex": "1",
        "employment_kind": "worker",
        "home_region": "510100",
        "phone": "13800000000",
    }
    assert (first.occupation_code, first.grade) == ("6-31-01-03", 3)
    assert (first.issued_on, first.title) == (date(2020, 5, 1), "成都市技术能手")
    assert (pair.skill, pair.team) == ("02", "T1")
    assert [p.name for p in pair.members] == ["选手002", "选手003"]
    assert [p.name for p in pair.coaches] == ["选手004"]


@pytest.mark.parametrize(
    ("facts", "finding"),
    [
        ({"name": ""}, ("no-name", 2, "F")),
        ({"name": "长" * 81}, ("too-long", 2, "F")),
        ({"organization": None}, ("empty-cell", 2, "N")),
        ({"delegation": None}, ("empty-cell", 2, "B")),
        ({"sex": "公"}, ("unknown-word", 2, "G")),
        ({"identity_kind": "学生证"}, ("unknown-word", 2, "H")),
        ({"birth_on": "昨天"}, ("bad-date", 2, "J")),
        ({"home_region": "火星"}, ("region-unknown", 2, "P")),
        ({"grade": "大师", "occupation": "6-31-01-03"}, ("grade-unknown", 2, "T")),
        ({"grade": "技师"}, ("grade-without-occupation", 2, "S")),
        ({"role": "教练"}, ("coach-without-team", 2, "E")),
    ],
)
def test_fault_names_its_cell(facts, finding):
    assert finding in found(read(person(1, **facts)))


def test_wrong_check_digit_is_an_error_of_its_cell():
    wrong = number(1)[:-1] + ("0" if number(1)[-1] != "0" else "1")

    assert [(row, column) for _, row, column in found(read(person(1, identity_number=wrong)))] == [(2, "I")]  # fmt: skip


def test_identity_typed_as_a_number_has_lost_digits():
    rows = [["赛项编号", "代表队", "姓名", "证件号码", "单位"], ["1", "a", "b", 519900199001010018, "c"]]  # fmt: skip

    reading = read_roster(workbook_of(rows), filename="a.xlsx", on=ON)

    assert found(reading) == [("identity-as-number", 2, "D")]


def test_person_twice_and_team_number_twice_are_refused():
    reading = read(
        person(1),
        person(1),
        person(2, skill="02", team="T1"),
        person(3, skill="02", team="T1", delegation="自贡市代表队"),
    )

    assert found(reading) == [("person-twice", 3, "I"), ("team-twice", 5, "D")]


@pytest.mark.parametrize("case", sorted(bad_files()))
def test_refused_file_is_one_error(case):
    filename, content = bad_files()[case]

    reading = read_roster(content, filename=filename, on=ON)

    assert [p.code for p in reading.problems] == [case.split(" (")[0]]
    assert reading.entries == ()


def test_empty_template_says_that_nobody_is_in_it():
    assert found(read()) == [("no-rows", None, "")]


@pytest.fixture
def competition(db):
    owner, _ = register_organization(
        name="组委会", kinds=["organizer"], region="510000", by="system:test", at=AT
    )
    competition = create_competition(
        name="省赛",
        code="sc-2026",
        tier="provincial",
        region="510000",
        dates=(ON, ON),
        owner=owner,
        by="system:test",
        at=AT,
    )
    create_skill(competition, number="01", name="电工", by="system:test", at=AT)
    create_skill(
        competition, number="02", name="机器人", team_size=2, by="system:test", at=AT
    )
    return competition


ROWS = (
    person(1, grade="高级工", occupation="6-31-01-03", title="成都市技术能手"),
    person(2, skill="02", team="T1"),
    person(3, skill="2", team="T1", role="教练"),
    person(4, skill="02", team="T1"),
)


def run(competition, *rows, **options):
    reading = read(*rows)
    return import_roster(
        competition, reading=reading, by="system:test", at=AT, **options
    )


@pytest.mark.databases
def test_import_writes_persons_entries_and_facts(competition):
    outcome = run(competition, *ROWS)

    counts = outcome.as_dict()
    assert [p["code"] for p in counts.pop("problems")] == ["region-unknown"] * 4
    assert counts == {"people": 4, "entries": 2, "created": 2, "updated": 0}
    members = EntryMember.objects.order_by("entry__skill__number", "position")
    assert [(m.entry.skill.number, m.position, m.person.name) for m in members] == [
        ("01", 1, "选手001"),
        ("02", 1, "选手002"),
        ("02", 2, "选手004"),
    ]
    pair = Entry.objects.get(key="T1")
    assert [coach.person.name for coach in pair.coaches.all()] == ["选手003"]
    assert [g.grade for g in GradeHeld.objects.all()] == [3]
    assert [t.title for t in TitleHeld.objects.all()] == ["成都市技术能手"]


@pytest.mark.databases
def test_the_same_file_twice_changes_nothing(competition):
    run(competition, ROWS[0])

    outcome = run(competition, ROWS[0])

    assert (outcome.created, outcome.updated) == (0, 0)
    assert (Person.objects.count(), GradeHeld.objects.count()) == (1, 1)


def test_changed_facts_update_the_entry_once(competition):
    run(competition, ROWS[0])

    outcome = run(
        competition, {**ROWS[0], "phone": "13900000000", "employment": "职工"}
    )

    assert (outcome.created, outcome.updated) == (0, 1)
    assert Person.objects.get().phone == "13900000000"


def test_dry_run_finds_the_same_and_keeps_nothing(competition):
    outcome = run(competition, ROWS[0], is_dry_run=True)

    assert (outcome.created, outcome.is_written) == (1, False)
    assert (Person.objects.count(), Entry.objects.count()) == (0, 0)


@pytest.mark.databases
@pytest.mark.parametrize(
    ("row", "code"),
    [
        (person(5, skill="09"), "unknown-skill"),
        (person(5, skill="02"), "team-size"),
        (
            person(5, grade="技师", occupation="6-31-01-03", certificate="Y1"),
            "fact-form",
        ),
    ],
)
def test_one_bad_row_keeps_every_row_out(competition, row, code):
    outcome = run(competition, ROWS[0], {**row, "delegation": "自贡市代表队"})

    assert [(p.code, p.row) for p in outcome.problems][-1] == (code, 3)
    assert " / " in outcome.problems[-1].message
    assert not outcome.is_written
    assert (Person.objects.count(), Entry.objects.count()) == (0, 0)


def test_a_known_document_under_another_name_is_refused(competition):
    run(competition, ROWS[0])

    outcome = run(competition, person(1, name="别人"))

    assert [p.code for p in outcome.problems][-1] == "name-differs"
    assert Person.objects.get().name == "选手001"


def test_command_prints_the_outcome_as_json(competition, tmp_path, capsys):
    path = tmp_path / "名单.xlsx"
    path.write_bytes(roster_template([ROWS[0]]))
    options = ["--competition", "sc-2026", "--by", "system:test", "--json"]

    call_command("import_roster", str(path), *options)

    answer = json.loads(capsys.readouterr().out)
    assert (answer["people"], answer["entries"], answer["created"]) == (1, 1, 1)


def test_command_does_not_find_another_organizers_competition(competition, tmp_path):
    path = tmp_path / "名单.xlsx"
    path.write_bytes(roster_template([ROWS[0]]))
    register_user(
        username="stranger",
        name="旁人",
        password="long-Enough-9",
        by="system:test",
        at=AT,
    )

    with pytest.raises(UsageError):
        call_command(
            "import_roster", str(path), "--competition", "sc-2026", "--by", "stranger"
        )


@pytest.mark.django_db
def test_an_expert_of_a_team_is_imported_and_may_change_after_the_draw(competition):
    pair = [person(2, skill="2", team="T1"), person(3, skill="2", team="T1")]
    first = run(competition, *pair, person(4, skill="2", team="T1", role="专家"))
    entry = Entry.objects.get(key="T1")
    Entry.objects.filter(pk=entry.pk).update(code="07")
    again = run(competition, *pair, person(5, skill="2", team="T1", role="专家组"))

    assert (first.is_written, again.is_written) == (True, True)
    assert [row.person.name for row in entry.experts.all()] == ["选手005"]
