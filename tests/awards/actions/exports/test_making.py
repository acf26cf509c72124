"""Making a file: who is on it, what is kept of it, what a failure leaves."""

import hashlib
import io

import openpyxl
import pytest

from awards.actions import exports
from awards.actions.exports import (
    opened,
    remake_export,
    run_export,
    take_export,
)
from awards.core.row_check import row_check
from awards.enums import DecisionState, EntitlementState, ExportState, OutcomeKind
from awards.errors import ExportRefused
from awards.exporting import makers
from awards.models import ExportBatch, ExportRow
from jobs.enums import JobState
from jobs.models import Job
from ledger.core.chain import bureau_chain
from ledger.queries import body_of, events_of
from tests.awards import desk
from tests.awards.actions.exports.scene import (
    ROSTER,
    TITLES,
    ask,
    export,
    final_more,
    final_with,
    rows_of,
    text_of,
)

pytestmark = pytest.mark.django_db


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
    sealed = (exports.making.folder() / batch.file).read_bytes()
    assert sealed.startswith(b"leitai-sealed")
    assert content[:2] not in sealed[:60]
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


def test_large_list_is_a_job(bureau, officer, approver, monkeypatch):
    monkeypatch.setattr(exports.making, "AT_ONCE", 1)
    release, _people = final_with(2)
    said = []

    batch = ask(release, bureau, officer, is_masked=True)
    queued = batch.state
    run_export(lambda *told: said.append(told), batch=batch.pk)

    batch.refresh_from_db()
    assert (queued, batch.state) == (ExportState.MAKING, ExportState.READY)
    assert (batch.job.total, batch.job.owner) == (2, officer.actor)
    assert said[0] == (0, 2, "读取名单")
    assert said[-1] == (2, 2, "加密保存")


def test_failure_is_kept_in_words_and_can_be_tried_again(bureau, officer, monkeypatch):
    monkeypatch.setattr(exports.making, "AT_ONCE", 1)
    release, _people = final_with(2)
    batch = ask(release, bureau, officer, is_masked=True)

    def broken(*_given, **_named):
        raise ExportRefused("full", "磁盘已满")

    with monkeypatch.context() as patch, pytest.raises(ExportRefused):
        patch.setattr(makers, "make", broken)
        run_export(lambda *_told: None, batch=batch.pk)
    batch.refresh_from_db()
    failed = (batch.state, batch.error, batch.file)
    monkeypatch.setattr(exports.making, "AT_ONCE", 200)
    remake_export(batch, by=officer, at=desk.AT)

    assert failed == (ExportState.FAILED, "磁盘已满", "")
    assert (batch.state, batch.error, batch.rows) == (ExportState.READY, "", 2)
    assert not list(exports.making.folder().glob("*.draft"))


def test_list_whose_job_died_can_be_made_again(bureau, officer, monkeypatch):
    monkeypatch.setattr(exports.making, "AT_ONCE", 1)
    release, _people = final_with(2)
    batch = ask(release, bureau, officer, is_masked=True)
    Job.objects.filter(pk=batch.job_id).update(state=JobState.FAILED)
    monkeypatch.setattr(exports.making, "AT_ONCE", 200)
    batch = ExportBatch.objects.get(pk=batch.pk)

    remake_export(batch, by=officer, at=desk.AT)
    with pytest.raises(ExportRefused) as refusal:
        remake_export(batch, by=officer, at=desk.AT)

    assert (batch.state, refusal.value.code) == (ExportState.READY, "not-failed")


def test_rows_that_are_answered_are_kept_with_the_printed_check(bureau, officer):
    release, _people = final_with(2)

    batch = export(release, bureau, officer)

    first, second = rows_of(opened(batch), "高级技师")
    kept = ExportRow.objects.filter(batch=batch).order_by("position")
    assert [(f"R-{row.entitlement_id}", row.row_check) for row in kept] == [
        (first["办理编号"], first["行校验"]),
        (second["办理编号"], second["行校验"]),
    ]
    assert {row.sheet for row in kept} == {"高级技师"}
    cells = [text_of(value) for value in list(second.values())[:-6]]
    assert row_check(batch.number, second["办理编号"], cells) == second["行校验"]


def test_filters_of_the_work_list_narrow_the_file(bureau, officer):
    release, _people = final_with(2)

    batch = ask(
        None, bureau, officer, is_masked=True, filters={"q": "选手002", "kind": "grade"}
    )

    assert (batch.rows, batch.query) == (1, {"q": "选手002"})


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
