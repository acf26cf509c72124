"""Two bureaus with everything a bureau can own, and what two of them share.

Every name of one side begins with its own word, so that a leak shows in any answer:
people, units, reasons, purposes, file names.  Shared are a joint competition with people
of both sides and nothing else.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.test import TestCase
from django.utils import timezone

from awards.actions.certificates import issue_certificates
from awards.actions.certificates.batches import start_certificate_job
from awards.actions.exports import Order, export_at_console, issue_link, start_export
from awards.actions.result_codes import issue_result_codes
from awards.enums import OutcomeKind
from awards.exporting.makers import kinds
from awards.models import Decision, ExportBatch
from competitions.models import Entry, EntryCoach, EntryMember, Skill
from people.models import GradeHeld, Organization, Person
from scoring.actions.external import Announcement, import_external_release
from scoring.models import Release
from tests import factories
from tests.architecture.tenants import BUREAU_ROLES, Tenant, make_tenant
from tests.awards import desk
from tests.awards.listings import lists

OURS, THEIRS = "晋甲暗号", "川乙暗号"
PINYIN = "chuanyianhao"
REGIONS = {OURS: "140000", THEIRS: "510000"}
CITIES = {OURS: "140100", THEIRS: "510100"}
PHONES = {OURS: "13800001111", THEIRS: "13800002222"}
EXPORTS = ("waiting", "csv", "staff")
HEADER = "竞赛名称,竞赛级别,年份,代表队,赛项,组别,赛项类别,每队人数,队伍号,名次,奖项,授予称号,选手,单位"
DETAILS: dict[str, dict[str, str]] = {
    OutcomeKind.BONUS: lists.bonus("20000", "20000", "person"),
    OutcomeKind.GRADE: {"from": "技师", "to": "高级技师", "result": "第 1 名，金牌"},
}


def make_joint() -> Release:
    """A competition of neither side's region, in which both have people."""
    owner = factories.make_organization(
        "联办单位", kinds=["organizer"], region="650000"
    )
    competition = factories.make_competition(owner, name="联合大赛", region="650000")
    skill = factories.make_skill(competition, name="联合焊接")
    entries = [_enter(skill, word) for word in (OURS, THEIRS)]
    places: list[tuple[Entry, int | None, str]] = [
        (entry, n, "金牌") for n, entry in enumerate(entries, 1)
    ]
    release = desk.publish(skill, places, by="system:test")
    by = factories.make_member(owner, "organizer")
    issue_certificates(release, by=by, at=desk.AT)
    return release


def _enter(skill: Skill, word: str) -> Entry:
    """A person known in every detail, and a coach."""
    unit = factories.make_organization(f"{word}机械厂", region=CITIES[word])
    facts = {"home_region": CITIES[word], "phone": PHONES[word]}
    person = factories.make_person(f"{word}匠人", organization=unit, **facts)
    desk.make_grade(person, 4, f"S{REGIONS[word]}0{word}")
    delegation = factories.make_delegation(
        skill.competition, f"{word}联队", region=REGIONS[word]
    )
    entry = factories.make_entry(skill, delegation=delegation, members=[person])
    coach = factories.make_person(f"{word}教练", home_region=CITIES[word])
    EntryCoach.objects.create(entry=entry, person=coach, position=1)
    return entry


def make_side(word: str, joint: Release) -> Tenant:
    """One side by the real actions, with its part of the joint competition."""
    side = make_tenant(word, REGIONS[word])
    member = EntryMember.objects.get(person__name=f"{word}匠人")
    side.objects |= {"craftsman": member.person, "unit": member.person.organization}
    _entitle(side, joint, member.entry)
    take_in_external(side)
    hand_out(side, joint)
    return side


def _entitle(side: Tenant, release: Release, entry: Entry) -> None:
    """Every kind of award for the side's person, and one for its unit."""
    person, region, skill = side.objects["craftsman"], CITIES[side.word], entry.skill
    given: dict[str, Any] = {"region": region, "quote": f"{side.word}引文"}
    for kind in OutcomeKind.values:
        detail = {"authority": f"{side.word}主管", **DETAILS.get(kind, {})}
        value = {
            OutcomeKind.GRADE: "高级技师",
            OutcomeKind.BONUS: "20000 元",
        }.get(OutcomeKind(kind), f"{side.word}{kind}")
        decision = desk.make_decision(
            release,
            skill,
            entry,
            person,
            kind=kind,
            value=value,
            detail=detail,
            **given,
        )
        desk.make_entitlement(decision, authority=detail["authority"])
    unit = side.objects["unit"]
    for_unit = desk.make_decision(
        release, skill, entry, person, kind=OutcomeKind.UNIT, value="突出贡献", **given
    )
    Decision.objects.filter(pk=for_unit.pk).update(person=None, unit=unit)
    for_unit.refresh_from_db()
    desk.make_entitlement(for_unit, person=None, unit=unit)


def take_in_external(side: Tenant) -> Release:
    """An event of elsewhere that the side's bureau took in: all of it is its own."""
    word = side.word
    row = f"{word}外赛,国家级一类,2026,新疆,焊接,职工组,,1,T1,1,一等奖,,{word}外人,{word}外厂"
    outcome = import_external_release(
        Announcement(f"{word}外赛.csv", f"{HEADER}\n{row}".encode(), f"{word}外文"),
        owner=bureau_of(side),
        by=side.users["hr-officer"].actor,
        at=desk.AT,
    )
    assert outcome.release, outcome.problems
    member = EntryMember.objects.get(person__name=f"{word}外人")
    decision = desk.make_decision(
        outcome.release,
        member.entry.skill,
        member.entry,
        member.person,
        region="650000",
        value="技师",
    )
    desk.make_entitlement(decision)
    side.objects |= {
        "external release": outcome.release.number,
        "external decision": decision.pk,
        "external person": member.person.pk,
    }
    return outcome.release


def bureau_of(side: Tenant) -> Organization:
    return Organization.objects.get(pk=side.objects["bureau"])


def options_of(kind: str, side: Tenant) -> dict[str, str]:
    """What a kind of file asks for besides, said with the side's own objects."""
    asked = {
        "comparison": str(side.objects["comparison"]),
        "report": str(side.objects["report"]),
        "employer": str(side.objects["unit"].pk),
        "pool": str(side.objects["pool"]),
    }
    names = {option.name for option in kinds()[kind].options}
    return {name: value for name, value in asked.items() if name in names}


def order_of(kind: str, side: Tenant, **changes: Any) -> Order:
    order = Order(
        kind=kind,
        bureau=bureau_of(side),
        purpose=f"{side.word}用途",
        document=f"{side.word}依据",
        options=options_of(kind, side),
    )
    return replace(order, **changes)


def make_file(order: Order, side: Tenant) -> ExportBatch:
    officer, approver = (side.users[role] for role in BUREAU_ROLES)
    return export_at_console(order, by=officer, approved_by=approver, at=desk.AT)


def hand_out(side: Tenant, joint: Release) -> None:
    """Files, links, jobs and slips of the side: what could be asked for by its number."""
    officer, at = side.users["hr-officer"], timezone.now()
    full = order_of("promotion-roster", side, is_masked=False)
    waiting = start_export(full, by=officer, at=at)
    listed = make_file(replace(full, is_masked=True, form="csv"), side)
    staff = make_file(order_of("staff-certificates", side, is_masked=False), side)
    link = issue_link(listed, secret="", by=officer, at=at)
    release = Release.objects.get(number=side.objects["release"])
    with TestCase.captureOnCommitCallbacks(execute=True):
        job = start_certificate_job(
            release, form="zip", bilingual=None, base="https://t/", by=officer, at=at
        )
    ((code, _text),) = issue_result_codes(
        joint.competition,
        [side.objects["craftsman"]],
        expires_at=at + timedelta(days=3),
        by=officer,
        at=at,
    )
    grade = GradeHeld.objects.get(person=side.objects["craftsman"])
    side.objects |= {
        "waiting export": waiting.pk,
        "csv export": listed.pk,
        "staff export": staff.pk,
        "fresh link": link,
        "certificate job": job.pk,
        "joint code": code.pk,
        "craftsman's grade": grade.pk,
    }


def numbers_of(word: str) -> list[str]:
    """Document and telephone numbers of one side's people."""
    people = Person.objects.filter(name__startswith=word)
    found = [person.identity_number for person in people] + [PHONES[word]]
    return [number for number in found if number]
