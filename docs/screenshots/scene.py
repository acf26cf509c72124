"""What a stage is looked at by: ids of its rows, and files made for the pictures.

Run in the shell of a throw-away installation; prints JSON.
"""

import json
from datetime import timedelta
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from openpyxl import load_workbook

from awards.actions.certificates import agree_revocation, ask_revocation
from awards.actions.entitlements import advance_many, file_entitlements
from awards.actions.exports import Order, export_at_console, opened, start_export
from awards.actions.result_codes import issue_result_codes
from awards.models import (
    Certificate,
    Decision,
    Entitlement,
    Filing,
    Pool,
    PoolEntry,
    PublicityRound,
)
from competitions.enums import Origin
from competitions.models import Competition, Skill
from people.access import bureaus_for
from people.models import User
from scoring.actions.printing import print_forms
from scoring.models import Release, Sheet

PAPER = "川演示人社〔2026〕21号（虚构）"
at = timezone.now()
own = Competition.objects.get(origin=Origin.OWN)
skill = Skill.objects.get(competition=own, number="01")
users = {user.username: user for user in User.objects.all()}
release = Release.objects.filter(competition=own).first()
certificate = Certificate.objects.first()


def first(rows, name="pk"):
    """A value of the first row, 0 where the stage has none."""
    return rows.values_list(name, flat=True).first() or 0


def marking():
    sheets = Sheet.objects.filter(skill=skill, state="open").exclude(cells=0)
    measured = sheets.filter(sub_criterion__code="C1").order_by("entry__code")
    disputed = Sheet.objects.filter(skill=skill, conflicts__gt=0)
    printed = list(Sheet.objects.filter(skill=skill, sub_criterion__code="C1"))
    papers = printed and print_forms(
        skill,
        sheets=printed,
        layout="wide-many",
        is_filled=False,
        by=users["chief"],
        at=at,
    )
    entries = skill.entries.filter(state="competing").order_by("key")
    return {
        "code": own.code,
        "board": skill.public_id,
        "skill": skill.pk,
        "sheet": first(measured),
        "disputed": first(disputed),
        "paper": papers[0].code if papers else "",
        "entry": first(entries),
    }


def decided():
    lines = Decision.objects.filter(is_current=True, kind="grade", skill=skill)
    issued = issue_result_codes(
        own,
        [certificate.person],
        expires_at=at + timedelta(days=90),
        by=users["organizer"],
        at=at,
    )
    return {
        "release": release.number,
        "decision": first(lines.filter(state="entitled")),
        "person": first(lines.filter(state="open"), "person_id"),
        "token": certificate.token,
        "result_code": issued[0][1],
    }


def revoked():
    last = Certificate.objects.last()
    asked = ask_revocation(
        last, reason="获奖选手身份信息填报有误", by=users["bureau"], at=at
    )
    agree_revocation(asked, by=users["approver"], at=at)
    return {"revoked": last.token}


def filed():
    """The students' promotions go to the authority; somebody asks for the full list."""
    rows = Entitlement.objects.filter(
        kind="grade", release=release, decision__skill__number="03"
    )
    by = users["bureau"]
    advance_many(rows, to="material-complete", reason="纸质存档", by=by, at=at)
    file_entitlements(
        rows,
        authority=rows[0].authority,
        document=PAPER,
        filed_on=timezone.localdate(at),
        by=by,
        at=at,
    )
    waiting = start_export(order("promotion-roster"), by=by, at=at)
    roster = made("promotion-roster")
    return {
        "full": "?list=promotion-roster&form=full",
        "filing": first(Filing.objects.order_by("-pk")),
        "round": first(PublicityRound.objects),
        "pool": first(Pool.objects),
        "lifetime": first(PoolEntry.objects, "person_id"),
        "waiting": waiting.pk,
        "roster": kept("roster.xlsx", roster),
        "forms": kept("forms.pdf", made("application-forms")),
        "answered": kept("答复.xlsx", answered(roster)),
    }


def order(kind):
    return Order(
        kind=kind,
        bureau=bureaus_for(users["bureau"])[0],
        purpose="报省厅办理晋升",
        document=PAPER,
        is_masked=False,
    )


def made(kind):
    batch = export_at_console(
        order(kind), by=users["bureau"], approved_by=users["approver"], at=at
    )
    return opened(batch)


def kept(name, content):
    path = Path(settings.VAR) / name
    path.write_bytes(content)
    return str(path)


def answered(content):
    """The roster as it comes back: the filed lines answered, one unit altered."""
    book = load_workbook(BytesIO(content))
    references = set(
        Entitlement.objects.filter(state="filed").values_list("pk", flat=True)
    )
    for sheet in book.worksheets[1:]:
        head, columns = headings(sheet)
        for row in range(head + 1, sheet.max_row + 1):
            text = str(sheet.cell(row, columns["办理编号"]).value or "")
            if text.removeprefix("R-") not in map(str, references):
                continue
            sheet.cell(row, columns["答复(核准/不予核准)"]).value = "核准"
            sheet.cell(row, columns["批复文件"]).value = "川演示人社批〔2026〕88号"
            sheet.cell(row, columns["答复日期"]).value = timezone.localdate(at)
            last = sheet.cell(row, columns["姓名"])
    last.value = f"{last.value}（改）"
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def headings(sheet):
    for row in sheet.iter_rows(max_row=6):
        texts = {str(cell.value): cell.column for cell in row if cell.value}
        if "办理编号" in texts:
            return row[0].row, texts
    raise ValueError(f"{sheet.title}: no headings")


ids = marking()
if certificate:
    ids |= decided() | revoked() | filed()
print(json.dumps(ids))  # noqa: T201 - read by take.py
