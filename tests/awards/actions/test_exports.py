"""Making an export: its lines from entitlements, its number, and what is refused."""

import hashlib
import io

import openpyxl
import pytest

from awards.actions.exports import export_release, take_export
from awards.enums import DecisionState, EntitlementState, OutcomeKind
from awards.errors import ExportRefused
from awards.exports import ROSTER, TITLES
from awards.models import ExportBatch
from ledger.core.chain import bureau_chain
from ledger.queries import body_of, events_of
from tests.awards import desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau():
    return desk.make_bureau()


@pytest.fixture
def officer(bureau):
    return desk.make_officer(bureau)


def final_with(count: int, **decided):
    people = [
        desk.make_person(f"选手{n:03d}", n, unit="蜀山重型机械有限公司")
        for n in range(1, count + 1)
    ]
    release, skill, entries = desk.make_final(people)
    for person, entry in zip(people, entries, strict=True):
        decision = desk.make_decision(release, skill, entry, person, **decided)
        desk.make_entitlement(decision)
    return release, people


def export(release, bureau, officer, **changes):
    values = {"kind": ROSTER, "purpose": "上报", "masked": False, **changes}
    return export_release(release, bureau=bureau, by=officer, at=desk.AT, **values)


def rows_of(content: bytes, sheet: str) -> list[dict]:
    table = openpyxl.load_workbook(io.BytesIO(content))[sheet]
    heading, *rows = table.iter_rows(min_row=3, values_only=True)
    return [dict(zip(heading, row, strict=True)) for row in rows]


def test_roster_lists_people_with_what_result_and_register_say(bureau, officer):
    release, people = final_with(2)
    desk.make_grade(people[0], 4, "S000051000001262000217")

    batch = export(release, bureau, officer)

    first, second = rows_of(take_export(batch, by=officer, at=desk.AT), "高级技师")
    shown = ("序号", "姓名", "证件号码", "名次", "奖项", "理论成绩", "实操成绩")
    assert [first[key] for key in shown] == [
        1, "选手001", desk.number_for(1), 1, "金牌", 26.55, 63.88,
    ]  # fmt: skip
    held = (
        "总成绩",
        "原等级",
        "原证书编号",
        "晋升等级",
        "竞赛级别类别",
        "参赛形式(单/双/三人)",
    )
    assert [first[key] for key in held] == [
        90.43, "技师", "S000051000001262000217", "高级技师", "省级一类", "单人",
    ]  # fmt: skip
    assert (second["姓名"], second["原等级"], second["原证书编号"]) == (
        "选手002",
        "技师",
        None,
    )
    assert second["依据条款"].endswith("第五条")


def test_result_without_an_occupation_shows_the_highest_grade_held(bureau, officer):
    release, people = final_with(1)
    skill = release.skills.get().skill
    type(skill).objects.filter(pk=skill.pk).update(occupation_code="")
    desk.make_grade(people[0], 4, "S000051000001262000217")
    desk.make_grade(people[0], 3)

    batch = export(release, bureau, officer)

    (row,) = rows_of(take_export(batch, by=officer, at=desk.AT), "高级技师")
    assert (row["原等级"], row["原证书编号"]) == ("技师", "S000051000001262000217")


def test_batch_has_number_digests_and_an_event_without_names(bureau, officer):
    release, _people = final_with(1)

    batch = export(release, bureau, officer)
    content = take_export(batch, by=officer, at=desk.AT)

    assert batch.number == "E-2026-000001"
    assert batch.digest == hashlib.sha256(content).hexdigest()
    assert content[:2] == b"\x50\x4b"
    assert desk.number_for(1).encode() not in bytes(batch.content)
    made, taken = events_of(bureau_chain(bureau.pk))
    assert [made.type, taken.type] == ["export-made", "export-taken"]
    assert body_of(made) == {
        "export": "E-2026-000001",
        "kind": ROSTER,
        "release": release.number,
        "rows": 1,
        "masked": False,
        "digest": batch.digest,
    }


def test_open_refused_and_lost_ones_are_not_on_the_list(bureau, officer):
    release, people = final_with(1)
    skill = release.skills.get().skill
    entry = skill.entries.first()
    lost = desk.make_decision(release, skill, entry, people[0], value="技师")
    desk.make_entitlement(lost, state=EntitlementState.REFUSED)
    desk.make_decision(
        release, skill, entry, people[0], state=DecisionState.OPEN, rule="other"
    )

    batch = export(release, bureau, officer)

    book = openpyxl.load_workbook(
        io.BytesIO(take_export(batch, by=officer, at=desk.AT))
    )
    assert book.sheetnames == ["封面", "高级技师"]
    cover = dict(book["封面"].iter_rows(min_row=3, values_only=True))
    assert (cover["合计"], cover["另有待补，未列入"]) == ("1 人", "1 人")


def test_title_list_is_its_own_kind(bureau, officer):
    release, _people = final_with(
        1, kind=OutcomeKind.TITLE, value="四川省技术能手", detail={}
    )

    batch = export(release, bureau, officer, kind=TITLES)

    (row,) = rows_of(take_export(batch, by=officer, at=desk.AT), "四川省技术能手")
    assert (row["姓名"], row["推荐单位"], row["成绩文件文号"]) == (
        "选手001",
        "成都代表队",
        "川工匠杯〔2026〕9 号",
    )


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"purpose": "  "}, "purpose-missing"),
        ({"kind": "everything"}, "unknown-kind"),
        ({"kind": TITLES}, "nothing-to-export"),
    ],
)
def test_refused_request_makes_no_file(bureau, officer, changes, code):
    release, _people = final_with(1)

    with pytest.raises(ExportRefused) as refusal:
        export(release, bureau, officer, **changes)

    assert refusal.value.code == code
    assert ExportBatch.objects.count() == 0


def test_organizer_may_not_export(bureau):
    release, _people = final_with(1)
    organizer = desk.make_user("lin", release.competition.owner, "organizer")

    with pytest.raises(ExportRefused) as refusal:
        export(release, bureau, organizer)

    assert refusal.value.code == "not-a-bureau"


def test_rehearsal_yields_no_list(bureau, officer):
    competition = desk.make_competition(is_rehearsal=True)
    person = desk.make_person("选手001", 1)
    release, skill, entries = desk.make_final([person], competition)
    desk.make_entitlement(desk.make_decision(release, skill, entries[0], person))

    with pytest.raises(ExportRefused) as refusal:
        export(release, bureau, officer)

    assert refusal.value.code == "rehearsal"


def test_full_list_above_two_hundred_needs_an_approver(bureau, officer):
    release, _people = final_with(201)
    approver = desk.make_officer(bureau, "li", approves=True)

    with pytest.raises(ExportRefused) as refusal:
        export(release, bureau, officer)
    masked = export(release, bureau, officer, masked=True)
    full = export(release, bureau, approver)

    assert refusal.value.code == "needs-approver"
    assert (masked.rows, full.rows) == (201, 201)


def test_another_province_is_not_on_the_list(bureau, officer):
    release, people = final_with(1)
    skill = release.skills.get().skill
    guest = desk.make_person("外省选手", 9, region="440100")
    entry = desk.make_entry(skill, [guest], "99")
    desk.make_entitlement(desk.make_decision(release, skill, entry, guest))

    batch = export(release, bureau, officer)

    assert batch.rows == len(people)


def test_queries_do_not_grow_with_people(
    bureau, officer, django_assert_max_num_queries
):
    release, _people = final_with(1)
    with django_assert_max_num_queries(60) as few:
        export(release, bureau, officer)
    bigger, _people = final_more(release, 12)

    with django_assert_max_num_queries(len(few)):
        export(bigger, bureau, officer)


def final_more(release, count: int):
    skill = release.skills.get().skill
    people = [desk.make_person(f"后来{n:03d}", 100 + n) for n in range(count)]
    entries = [desk.make_entry(skill, [p], f"x{n}") for n, p in enumerate(people)]
    results = [(entry, n + 1, "") for n, entry in enumerate(entries)]
    bigger = desk.publish(skill, results, by="system:demo")
    for person, entry in zip(people, entries, strict=True):
        decision = desk.make_decision(bigger, skill, entry, person)
        desk.make_entitlement(decision)
    return bigger, people
