"""Asking for a file, approving, making, taking away: what is refused, what is kept."""

import hashlib
import io
from datetime import timedelta

import openpyxl
import pytest
from django.test import override_settings

from awards.actions import exports
from awards.actions.exports import (
    Order,
    approve_export,
    clear_exports,
    decline_export,
    export_at_console,
    issue_link,
    opened,
    remake_export,
    run_export,
    start_export,
    take_by_link,
    take_export,
)
from awards.core.row_check import row_check
from awards.enums import DecisionState, EntitlementState, ExportState, OutcomeKind
from awards.errors import ExportRefused
from awards.exporting import makers
from awards.models import ExportBatch, ExportLink, ExportRow, ExportTaking
from jobs.enums import JobState
from jobs.models import Job
from ledger.core.chain import bureau_chain
from ledger.queries import body_of, events_of
from tests.awards import desk

pytestmark = pytest.mark.django_db
ROSTER, TITLES = "promotion-roster", "title-candidates"
SECRET = "correct horse battery"


@pytest.fixture
def bureau():
    return desk.make_bureau()


@pytest.fixture
def officer(bureau):
    return with_secret(desk.make_officer(bureau))


@pytest.fixture
def approver(bureau):
    return with_secret(desk.make_officer(bureau, "li", approves=True))


def with_secret(user):
    user.set_password(SECRET)
    user.save(update_fields=["password"])
    return user


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


def order(release, bureau, **changes) -> Order:
    values = {
        "kind": ROSTER,
        "purpose": "上报",
        "document": "川人社函〔2026〕1 号",
        "is_masked": False,
        "release": release,
        **changes,
    }
    return Order(bureau=bureau, **values)


def ask(release, bureau, officer, **changes) -> ExportBatch:
    return start_export(order(release, bureau, **changes), by=officer, at=desk.AT)


def export(release, bureau, officer, **changes) -> ExportBatch:
    """A file made without a second person: at the console of the installation."""
    wanted = order(release, bureau, **changes)
    return export_at_console(wanted, by=officer, approved_by=None, at=desk.AT)


def rows_of(content: bytes, sheet: str) -> list[dict]:
    table = openpyxl.load_workbook(io.BytesIO(content))[sheet]
    heading, *rows = table.iter_rows(min_row=3, values_only=True)
    found = [dict(zip(heading, row, strict=True)) for row in rows]
    return [row for row in found if row["姓名"]]


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


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"purpose": "  "}, "purpose-missing"),
        ({"document": " "}, "document-missing"),
        ({"kind": "everything"}, "unknown-kind"),
        ({"kind": TITLES}, "nothing-to-export"),
        ({"form": "docx"}, "form"),
    ],
)
def test_refused_request_makes_no_file(bureau, officer, changes, code):
    release, _people = final_with(1)

    with pytest.raises(ExportRefused) as refusal:
        ask(release, bureau, officer, **changes)

    assert refusal.value.code == code
    assert ExportBatch.objects.count() == 0


def test_organizer_may_not_export(bureau):
    release, _people = final_with(1)
    organizer = desk.make_user("lin", release.competition.owner, "organizer")

    with pytest.raises(ExportRefused) as refusal:
        ask(release, bureau, organizer)

    assert refusal.value.code == "not-a-bureau"


def test_rehearsal_yields_no_list_asked_for_or_not(bureau, officer):
    competition = desk.make_competition(is_rehearsal=True)
    person = desk.make_person("选手001", 1)
    release, skill, entries = desk.make_final([person], competition)
    desk.make_entitlement(desk.make_decision(release, skill, entries[0], person))

    codes = []
    for chosen in (release, None):
        with pytest.raises(ExportRefused) as refusal:
            ask(chosen, bureau, officer)
        codes.append(refusal.value.code)

    assert codes == ["rehearsal", "nothing-to-export"]


def test_masked_list_of_a_few_is_made_at_once(bureau, officer):
    release, _people = final_with(2)

    batch = ask(release, bureau, officer, is_masked=True, document="")

    assert (batch.state, batch.rows, batch.decided_by) == (ExportState.READY, 2, None)


def test_full_list_waits_for_another_person_who_approves(bureau, officer, approver):
    release, _people = final_with(1)

    batch = ask(release, bureau, officer)
    waiting = batch.state
    approve_export(batch, secret=SECRET, by=approver, at=desk.AT)

    assert waiting == ExportState.WAITING
    assert (batch.state, batch.decided_by) == (ExportState.READY, approver)
    cover = openpyxl.load_workbook(io.BytesIO(opened(batch)))["封面"]
    told = dict(cover.iter_rows(min_row=3, values_only=True))
    assert told["审批人"] == "账号li，2026-11-20 10:00"
    assert told["依据文号"] == "川人社函〔2026〕1 号"
    kinds = [event.type for event in events_of(bureau_chain(bureau.pk))]
    assert kinds == ["export-asked", "export-approved", "export-made"]


def test_masked_list_of_more_than_two_hundred_waits_too(bureau, officer):
    release, _people = final_with(201)

    batch = ask(release, bureau, officer, is_masked=True)

    assert (batch.state, batch.expected) == (ExportState.WAITING, 201)


@pytest.mark.parametrize(
    ("who", "secret", "code"),
    [
        ("asker", SECRET, "own"),
        ("officer", SECRET, "not-approver"),
        ("approver", "something else", "secret"),
        ("foreigner", SECRET, "not-approver"),
    ],
)
def test_approval_needs_another_approver_who_proves_it(
    bureau, officer, approver, who, secret, code
):
    release, _people = final_with(1)
    elsewhere = desk.make_bureau("440000", "广东省人力资源和社会保障厅")
    second = with_secret(desk.make_officer(bureau, "zhao", approves=True))
    people = {
        "asker": approver,
        "officer": officer,
        "approver": second,
        "foreigner": with_secret(desk.make_officer(elsewhere, "he", approves=True)),
    }
    batch = ask(release, bureau, approver)

    with pytest.raises(ExportRefused) as refusal:
        approve_export(batch, secret=secret, by=people[who], at=desk.AT)

    batch.refresh_from_db()
    assert (refusal.value.code, batch.state) == (code, ExportState.WAITING)


def test_declined_list_is_not_made_and_not_decided_again(bureau, officer, approver):
    release, _people = final_with(1)
    batch = ask(release, bureau, officer)

    decline_export(batch, reason="用途不清", by=approver, at=desk.AT)
    with pytest.raises(ExportRefused) as refusal:
        approve_export(batch, secret=SECRET, by=approver, at=desk.AT)

    batch.refresh_from_db()
    assert refusal.value.code == "decided"
    assert (batch.state, batch.decision_reason) == (ExportState.DECLINED, "用途不清")


def test_asker_takes_the_request_back(bureau, officer):
    release, _people = final_with(1)
    batch = ask(release, bureau, officer)

    decline_export(batch, reason="选错了版本", by=officer, at=desk.AT)

    assert batch.state == ExportState.DECLINED


def test_console_needs_an_approver_above_two_hundred(bureau, officer, approver):
    release, _people = final_with(201)
    wanted = order(release, bureau)

    with pytest.raises(ExportRefused) as refusal:
        export_at_console(wanted, by=officer, approved_by=None, at=desk.AT)
    batch = export_at_console(wanted, by=officer, approved_by=approver, at=desk.AT)

    assert refusal.value.code == "needs-approver"
    assert (batch.rows, batch.decided_by) == (201, approver)
    assert ExportBatch.objects.count() == 1


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


def text_of(value) -> str:
    if value is None:
        return ""
    return value.date().isoformat() if hasattr(value, "date") else str(value)


def test_link_works_once_for_its_account_within_ten_minutes(bureau, officer, approver):
    release, _people = final_with(1)
    batch = export(release, bureau, officer)
    at = desk.AT

    def link(token):
        return ExportLink.objects.get(digest=hashlib.sha256(token.encode()).hexdigest())

    with pytest.raises(ExportRefused) as wrong:
        issue_link(batch, secret="wrong", by=officer, at=at)
    first = link(issue_link(batch, secret=SECRET, by=officer, at=at))
    content = take_by_link(first, by=officer, at=at + timedelta(minutes=9))
    with pytest.raises(ExportRefused) as used:
        take_by_link(first, by=officer, at=at + timedelta(minutes=9))
    late = link(issue_link(batch, secret=SECRET, by=officer, at=at))
    with pytest.raises(ExportRefused) as expired:
        take_by_link(late, by=officer, at=at + timedelta(minutes=10))

    assert hashlib.sha256(content).hexdigest() == batch.digest
    codes = [refusal.value.code for refusal in (wrong, used, expired)]
    assert codes == ["secret", "link-used", "link-expired"]
    assert ExportTaking.objects.get().by == officer


def test_masked_file_asks_for_no_secret(bureau, officer):
    release, _people = final_with(1)
    batch = ask(release, bureau, officer, is_masked=True)

    assert issue_link(batch, secret="", by=officer, at=desk.AT)


def test_old_files_are_cleared_and_what_they_were_stays(
    bureau, officer, django_capture_on_commit_callbacks
):
    release, _people = final_with(1)
    batch = export(release, bureau, officer)
    path = exports.making.folder() / batch.file

    with (
        override_settings(EXPORT_KEEP_DAYS=7),
        django_capture_on_commit_callbacks(execute=True),
    ):
        kept = clear_exports(at=desk.AT + timedelta(days=7))
        gone = clear_exports(at=desk.AT + timedelta(days=8))

    batch.refresh_from_db()
    assert (kept, gone, path.exists()) == (0, 1, False)
    assert (batch.state, batch.file, len(batch.digest)) == ("cleared", "", 64)
    with pytest.raises(ExportRefused) as refusal:
        take_export(batch, by=officer, at=desk.AT)
    assert refusal.value.code == "cleared"


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
