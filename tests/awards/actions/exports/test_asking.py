"""Asking for a file and agreeing to it: what is refused, what waits."""

import io

import openpyxl
import pytest

from awards.actions.exports import (
    approve_export,
    decline_export,
    export_at_console,
    opened,
)
from awards.enums import ExportState
from awards.errors import ExportRefused
from awards.models import ExportBatch
from ledger.core.chain import bureau_chain
from ledger.queries import events_of
from tests.awards import desk
from tests.awards.actions.exports.scene import (
    SECRET,
    TITLES,
    ask,
    final_with,
    order,
    with_secret,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"purpose": "  "}, "purpose-missing"),
        ({"document": " "}, "document-missing"),
        ({"kind": "everything"}, "unknown-kind"),
        ({"kind": TITLES}, "nothing-to-export"),
        ({"form": "docx"}, "form"),
        ({"kind": "award-certificates"}, "nothing-to-export"),
        ({"kind": "award-certificate-files"}, "nothing-to-export"),
    ],
)
def test_refused_request_makes_no_file(bureau, officer, changes, code):
    release, _people = final_with(1)

    with pytest.raises(ExportRefused) as refusal:
        ask(release, bureau, officer, **changes)

    assert refusal.value.code == code
    assert ExportBatch.objects.count() == 0


def test_certificates_are_asked_for_of_one_release(bureau, officer):
    with pytest.raises(ExportRefused) as refusal:
        ask(None, bureau, officer, kind="award-certificates")

    assert refusal.value.message == "请选一个成绩版本，证书按版本制作。"
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
