"""Two tenants who must not see each other: everything either of them can own.

A tenant is an organizing office of one province with a competition from entry to
certificate, the people who run it, and the province's bureau.  Every name in it begins
with the tenant's own word, so that a leak shows in any answer.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from awards.actions.certificates import ask_revocation, issue_certificates
from awards.actions.documents import submit_edition_document
from awards.actions.exports import Order, issue_link, start_export
from awards.actions.reports import make_report
from awards.actions.result_codes import issue_result_codes
from awards.actions.workshop import save_version
from awards.core.periods import period_of
from awards.models import DocumentVersion, EditionDocument
from awards.shelf import demonstration_files
from competitions.actions import assign_codes
from competitions.models import (
    Appointment,
    Competition,
    Skill,
)
from jobs import progress
from jobs.models import Job
from ledger.core.chain import (
    ChainRef,
    bureau_chain,
    competition_chain,
    skill_chain,
)
from live.publisher import Publisher
from people.actions import record_grade_alias, record_sanction
from people.models import User
from scoring.actions import enter_marks, open_marking, sign_sheets
from scoring.actions.calls import call_chief
from scoring.actions.devices import begin_enrolment
from scoring.actions.penalties import impose_penalty
from scoring.actions.printing import print_forms
from scoring.actions.scheme_drafts import begin_draft
from scoring.marking_events import MarkEvent
from scoring.models import (
    Release,
    Sheet,
    Signature,
)
from scoring.queries.sheets import signing_digest
from tests import factories
from tests.architecture.came_back import came_back
from tests.architecture.holdings import held_by
from tests.architecture.in_pools import in_pools
from tests.architecture.on_desk import on_desk
from tests.architecture.under_way import under_way
from tests.awards import desk
from tests.scoring import contest
from tests.scoring.core.schemes import worldskills_type

AT = factories.AT
OURS, THEIRS = "川甲暗号", "苏乙暗号"
BUREAU_ROLES = ("hr-officer", "hr-approver")
SKILL_ROLES = (
    *("judge", "chief-judge", "supervisor", "results-officer"),
    *("reserve", "trainee"),
)
WIDE_ROLES = ("display-operator", "draw-officer")
ROLES = (
    "organizer",
    *SKILL_ROLES,
    *WIDE_ROLES,
    "leader",
    *BUREAU_ROLES,
    "administrator",
)


@dataclass
class Tenant:
    """One side: its sign-ins by role, and its objects by the kind an address names."""

    word: str
    users: dict[str, User]
    competition: Competition
    skill: Skill
    objects: dict[str, Any] = field(default_factory=dict)
    per_user: dict[tuple[str, str], Any] = field(default_factory=dict)

    @property
    def chains(self) -> list[ChainRef]:
        """Where everything that is done to this side is recorded."""
        return [
            skill_chain(self.skill.pk),
            competition_chain(self.competition.pk),
            bureau_chain(self.objects["bureau"]),
        ]

    def value(self, kind: str, role: str) -> Any:
        """What stands in an address for ``kind`` as ``role`` would write it."""
        return self.per_user.get((kind, role), self.objects[kind])


def make_tenant(word: str, region: str) -> Tenant:
    """Build one side by the real actions; only papers are written directly."""
    owner = factories.make_organization(
        f"{word}竞赛办", kinds=["organizer"], region=region
    )
    users = {"organizer": factories.make_member(owner, "organizer")}
    competition = factories.make_competition(
        owner, name=f"{word}大赛", region=region, document_number=f"{word}1号"
    )
    skill = factories.make_skill(competition, name=f"{word}焊接")
    tenant = Tenant(word, users, competition, skill)
    _enrol(tenant, region)
    _appoint(tenant)
    _mark(tenant)
    _award(tenant, region)
    _board(tenant)
    return tenant


def _enrol(tenant: Tenant, region: str) -> None:
    delegation = factories.make_delegation(
        tenant.competition, f"{tenant.word}代表队", region=region
    )
    people = [
        factories.make_person(f"{tenant.word}选手{n}", home_region=region)
        for n in range(2)
    ]
    entries = [
        factories.make_entry(tenant.skill, delegation=delegation, members=[person])
        for person in people
    ]
    leader = factories.make_person(f"{tenant.word}领队")
    tenant.users["leader"] = factories.make_user(person=leader)
    factories.competition_actions.appoint(
        tenant.competition,
        person=leader,
        role="leader",
        delegation=delegation,
        by=tenant.users["organizer"],
        at=AT,
    )
    tenant.objects |= {"entries": entries, "people": people}
    tenant.objects["delegation"] = delegation.pk
    tenant.objects |= {"entry": entries[0].pk, "person": people[0].pk}


def _appoint(tenant: Tenant) -> None:
    organizer = tenant.users["organizer"]
    for role in (*SKILL_ROLES, *WIDE_ROLES):
        person = factories.make_person(f"{tenant.word}{role}")
        user = factories.make_user(person=person)
        factories.make_appointment(tenant.skill, role, person, by=organizer)
        contest.set_pin(user, pin=contest.PIN, by=organizer, at=AT)
        tenant.users[role] = user
    tenant.users["administrator"] = factories.make_user()
    User.objects.filter(pk=tenant.users["administrator"].pk).update(
        is_staff=True, is_superuser=True
    )
    row = Appointment.objects.filter(competition=tenant.competition).first()
    tenant.objects["appointment"] = row.pk if row else 0


def _mark(tenant: Tenant) -> None:
    """The first entry is signed by everybody, the second is being marked."""
    skill, judge = tenant.skill, tenant.users["judge"]
    organizer = tenant.users["organizer"]
    contest.put_in_force(skill, worldskills_type(), organizer)
    assign_codes(skill, by=organizer, at=AT)
    open_marking(skill, by=organizer, at=AT)
    first, second = tenant.objects["entries"]
    sheets = list(Sheet.objects.filter(entry=first).select_related("sub_criterion"))
    values = {"A1.M1": "1", "A1.J1": "2", "B1.M1": "1"}
    events = [
        MarkEvent(contest.next_key(), sheet.pk, aspect, values[aspect])
        for sheet in sheets
        for aspect in values
        if aspect.startswith(sheet.sub_criterion.code)
    ]
    enter_marks(skill, events=events, by=judge, device="T-1", at=AT)
    for role in ("judge", "chief-judge", "supervisor"):
        signature = _signed(skill, sheets, role, tenant.users[role])
        tenant.per_user["signature", role] = signature.pk
    open_sheet = Sheet.objects.filter(entry=second).first()
    assert open_sheet
    call = call_chief(open_sheet, kind="call", text="请来", by=judge, at=AT)
    signature = tenant.per_user["signature", "judge"]
    tenant.objects |= {"sheet": open_sheet.pk, "call": call.pk, "signature": signature}
    (paper,) = print_forms(
        skill,
        sheets=[open_sheet],
        layout="tall",
        is_filled=False,
        by=tenant.users["chief-judge"],
        at=AT,
    )
    tenant.objects["paper"] = paper.code
    penalty = impose_penalty(
        second,
        value=Decimal(1),
        is_percent=False,
        clause=f"{tenant.word}条款",
        reason=f"{tenant.word}违规",
        by=tenant.users["chief-judge"],
        at=AT,
    )
    unmarked = factories.make_skill(tenant.competition, name=f"{tenant.word}新赛项")
    begin_draft(
        unmarked,
        scheme=worldskills_type(),
        source_name=f"{tenant.word}方案",
        by=organizer,
        at=AT,
    )
    tenant.objects |= {"skill": skill.pk, "new skill": unmarked.pk}
    tenant.objects["penalty"] = penalty.pk
    device, _code = begin_enrolment(
        tenant.competition, name=f"{tenant.word}平板", by=organizer, at=AT
    )
    tenant.objects["device"] = device.pk


def _signed(skill: Skill, sheets: list[Sheet], role: str, user: User) -> Signature:
    chosen = list(Sheet.objects.filter(pk__in=[sheet.pk for sheet in sheets]))
    return sign_sheets(
        skill,
        sheets=chosen,
        role=role,
        pin=contest.PIN,
        digest=signing_digest(skill, chosen, role),
        by=user,
        at=AT,
    )


def _award(tenant: Tenant, region: str) -> None:
    bureau = desk.make_bureau(region, f"{tenant.word}人社厅")
    for role in BUREAU_ROLES:
        tenant.users[role] = factories.make_member(bureau, role)
    first, second = tenant.objects["entries"]
    release = desk.publish(
        tenant.skill, [(first, 1, "金牌"), (second, 2, "银牌")], by="system:test"
    )
    person = tenant.objects["people"][0]
    decision = desk.make_decision(
        release, tenant.skill, first, person, region=region, value="高级技师"
    )
    entitlement = desk.make_entitlement(decision)
    papers = issue_certificates(release, by=tenant.users["organizer"], at=desk.AT)
    revocation = ask_revocation(
        papers[-1], reason="试验", by=tenant.users["organizer"], at=desk.AT
    )
    tenant.objects |= {
        "release": release.number,
        "bureau": bureau.pk,
        "decision": decision.pk,
        "entitlement": entitlement.pk,
        **_file(tenant, bureau, tenant.users["hr-officer"]),
        "revocation": revocation.pk,
        "certificate": papers[0].pk,
        "result code": _result_code(tenant, person),
        "token": papers[0].token,
        "export": _export(tenant, release, bureau),
        **came_back(tenant.word, bureau, person, tenant.users["hr-officer"]),
        "report": _report(bureau, tenant.users["hr-officer"]),
        "document": _document(tenant).identifier,
        **held_by(tenant),
        **under_way(tenant, decision, bureau),
        **on_desk(tenant, decision),
        **in_pools(tenant, bureau, person),
        "version": _version(tenant).pk,
        "draft": f"written-by-{region}",
        "competition": tenant.competition.pk,
        "board": tenant.skill.public_id,
        "code": tenant.competition.code,
    }
    for role, user in tenant.users.items():
        tenant.per_user["job", role] = _job(user).pk
    tenant.objects["job"] = tenant.per_user["job", "organizer"]


def _file(tenant: Tenant, bureau: Any, officer: User) -> dict[str, int]:
    """A grade and an integrity record of the person, a row of the bureau's tables."""
    person = tenant.objects["people"][0]
    who: dict[str, Any] = {"by": officer, "at": desk.AT}
    sanction = record_sanction(
        person,
        scope="竞赛",
        reason=f"{tenant.word}事由",
        starts_on=date(2020, 1, 1),
        **who,
    )
    name = record_grade_alias(
        bureau,
        issuer=f"{tenant.word}集团",
        name="金牌技工",
        grade=4,
        citation="文件",
        **who,
    )
    return {
        "grade": desk.make_grade(person).pk,
        "sanction": sanction.pk,
        "grade name": name.pk,
    }


def _result_code(tenant: Tenant, person: Any) -> int:
    """The code on one competitor's slip; the leader's delegation is theirs."""
    ((code, _text),) = issue_result_codes(
        tenant.competition,
        [person],
        expires_at=timezone.now() + timedelta(days=30),
        by=tenant.users["organizer"],
        at=timezone.now(),
    )
    return code.pk


def _export(tenant: Tenant, release: Release, bureau: Any) -> int:
    """A masked roster, and a link to it for each of the bureau's people."""
    order = Order(
        kind="promotion-roster",
        bureau=bureau,
        purpose=f"{tenant.word}上报",
        release=release,
    )
    at = timezone.now()
    batch = start_export(order, by=tenant.users["hr-officer"], at=at)
    for role in BUREAU_ROLES:
        link = issue_link(batch, secret="", by=tenant.users[role], at=at)
        tenant.per_user["export link", role] = link
    tenant.objects["export link"] = link
    return batch.pk


def _report(bureau: Any, officer: User) -> int:
    period = period_of("month", date(2026, 10, 1))
    return make_report(bureau, period=period, by=officer, at=desk.AT).pk


def _document(tenant: Tenant) -> EditionDocument:
    text = demonstration_files()[0].read_text(encoding="utf-8")
    return submit_edition_document(
        tenant.competition,
        text=text.replace("scgj-2026", tenant.competition.code),
        by=tenant.users["organizer"],
        at=AT,
    )


def _version(tenant: Tenant) -> DocumentVersion:
    by = tenant.users["hr-officer"]
    region = by.memberships.get().organization.region
    text = f'[document]\ntitle = "{tenant.word}文件"\n'
    return save_version(
        f"written-by-{region}", text=text, cases="", by=by, at=timezone.now()
    )


def _job(user: User) -> Job:
    progress.directory().joinpath("result.txt").write_text("result")
    return Job.objects.create(
        kind="test",
        owner=user.actor,
        state="done",
        created_at=AT,
        result_path="result.txt",
    )


def _board(tenant: Tenant) -> None:
    Competition.objects.filter(pk=tenant.competition.pk).update(phase="competing")
    Publisher().tick(timezone.now())
