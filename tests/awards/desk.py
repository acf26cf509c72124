"""A bureau at work: two provinces, one final with a release, decisions about winners.

Plain functions; people carry identity numbers of a region code never assigned.
"""

from datetime import UTC, date, datetime
from typing import Any

from awards.enums import DecisionState, OutcomeKind
from awards.models import Decision, Entitlement
from competitions.enums import EntryState, Group, HostRole, Origin, Phase, Tier
from competitions.models import (
    Competition,
    Delegation,
    Entry,
    EntryMember,
    Host,
    Skill,
)
from people.core import identity
from people.enums import EmploymentKind, OrganizationKind, OrganizationRole, Sex
from people.models import GradeHeld, Membership, Organization, Person, User
from people.names import search_key, sort_key
from scoring.actions.releases import write_release
from scoring.models import Release
from scoring.queries.release_text import entry_head, skill_head

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
DOCUMENT = "sichuan-2023-skills-action"


def make_organization(name: str, region: str, kind: OrganizationKind) -> Organization:
    return Organization.objects.create(name=name, region=region, kinds=[kind.value])


def make_user(
    username: str, organization: Organization, role: OrganizationRole
) -> User:
    user = User.objects.create(username=username, name=f"账号{username}")
    Membership.objects.create(
        user=user, organization=organization, role=role, starts_on=date(2026, 1, 1)
    )
    return user


def make_bureau(region: str = "510000", name: str = "四川省人力资源和社会保障厅"):
    return make_organization(name, region, OrganizationKind.BUREAU)


def make_officer(bureau: Organization, username: str = "wang", *, approves=False):
    role = OrganizationRole.HR_APPROVER if approves else OrganizationRole.HR_OFFICER
    return make_user(username, bureau, role)


def number_for(serial: int) -> str:
    digits = f"51990019910407{serial:03d}"
    return digits + identity.check_character(digits)


def make_person(name: str, serial: int, *, region: str = "510100", unit: str = ""):
    organization = None
    if unit:
        organization = Organization.objects.get_or_create(
            name=unit,
            region=region,
            defaults={"kinds": [OrganizationKind.ENTERPRISE.value]},
        )[0]
    return Person.objects.create(
        name=name,
        sort_key=sort_key(name),
        search_key=search_key(name),
        identity_kind="resident-id",
        identity_number=number_for(serial),
        identity_hash=f"hash-{serial}",
        phone=f"1380000{serial:04d}",
        birth_on=date(1991, 4, 7),
        sex=Sex.MALE,
        education="大学专科",
        ethnicity="汉族",
        home_region=region,
        employment_kind=EmploymentKind.WORKER,
        organization=organization,
        registered_at=AT,
    )


def make_competition(**changes: Any) -> Competition:
    owner = changes.pop("owner", None) or make_organization(
        "四川工匠杯组织委员会", "510000", OrganizationKind.ORGANIZER
    )
    values: dict[str, Any] = {
        "code": "scgj-2026",
        "name": "2026 年四川工匠杯职业技能大赛",
        "name_en": "2026 Sichuan Craftsman Cup",
        "tier": Tier.PROVINCIAL,
        "competition_class": "class-1",
        "region": "510000",
        "starts_on": date(2026, 11, 9),
        "ends_on": date(2026, 11, 12),
        "document_number": "川工匠杯〔2026〕1 号",
        "origin": Origin.OWN,
        "phase": Phase.FINAL,
        "owner": owner,
        "created_at": AT,
    }
    competition = Competition.objects.create(**{**values, **changes})
    Host.objects.create(competition=competition, organization=owner, role=HostRole.HOST)
    return competition


def make_skill(competition: Competition, number: str = "01", **changes: Any) -> Skill:
    values: dict[str, Any] = {
        "competition": competition,
        "public_id": f"skill{competition.pk}-{number}",
        "number": number,
        "name": "焊接",
        "name_en": "Welding",
        "occupation_code": "6-18-02-04",
        "occupation_name": "焊工",
        "group": Group.WORKER,
    }
    return Skill.objects.create(**{**values, **changes})


def make_entry(skill: Skill, members: list[Person], key: str) -> Entry:
    delegation = Delegation.objects.get_or_create(
        competition=skill.competition, name="成都代表队", region="510100"
    )[0]
    entry = Entry.objects.create(
        skill=skill, delegation=delegation, key=key, state=EntryState.FINISHED
    )
    for position, person in enumerate(members, 1):
        EntryMember.objects.create(
            entry=entry,
            person=person,
            position=position,
            organization=person.organization,
            employment_kind=person.employment_kind,
        )
    return entry


def publish(
    skill: Skill, results: list[tuple[Entry, int | None, str]], *, by: str
) -> Release:
    """A release of one skill: entries with place and award, in order."""
    head = skill_head(skill, field=len(results), registered=len(results))
    entries = [
        {
            **entry_head(entry),
            "standing": "ranked",
            "place": place,
            "place_low": place or 4,
            "place_high": place,
            "award": award,
            "scale_score": None,
            "points": "90.43",
            "modules": [
                {"letter": "A", "name": "理论知识", "points": "26.55"},
                {"letter": "B", "name": "实操", "points": "63.88"},
            ],
        }
        for entry, place, award in results
    ]
    return write_release(
        skill.competition,
        skills=[{**head, "entries": entries}],
        by=by,
        at=AT,
        document="川工匠杯〔2026〕9 号",
    )


def make_decision(
    release: Release, skill: Skill, entry: Entry, person: Person, **changes: Any
) -> Decision:
    values: dict[str, Any] = {
        "release": release,
        "skill": skill,
        "entry_id": entry.pk,
        "person": person,
        "region": person.home_region,
        "rulebook": DOCUMENT,
        "rulebook_digest": "0" * 64,
        "rule": "sc-1",
        "clause": "第五条",
        "quote": "获奖选手晋升职业技能等级",
        "kind": OutcomeKind.GRADE,
        "value": "高级技师",
        "detail": {
            "position": 0,
            "from": "技师",
            "to": "高级技师",
            "result": "第 2 名，银牌",
            "authority": "四川省人力资源和社会保障厅",
        },
        "state": DecisionState.ENTITLED,
        "conditions": [
            {
                "name": "名次",
                "asked": {"template": "前 {worst} 名", "values": {"worst": "3"}},
                "found": "名次 第 2 名",
                "source": "成绩版本",
                "verdict": "yes",
                "missing": [],
                "gap": "",
            }
        ],
        "reasons": ["名次：要求前 3 名；实际为第 2 名。满足。"],
        "facts_digest": f"{person.pk}",
        "evaluated_at": AT,
    }
    return Decision.objects.create(**{**values, **changes})


def make_entitlement(decision: Decision, **changes: Any) -> Entitlement:
    values: dict[str, Any] = {
        "decision": decision,
        "person": decision.person,
        "release": decision.release,
        "kind": decision.kind,
        "value": decision.value,
        "region": decision.region,
        "changed_at": AT,
    }
    return Entitlement.objects.create(**{**values, **changes})


def make_grade(person: Person, grade: int = 4, number: str = "") -> GradeHeld:
    return GradeHeld.objects.create(
        person=person,
        occupation_code="6-18-02-04",
        occupation_name="焊工",
        grade=grade,
        certificate_number=number,
        evidence="证书已核",
        recorded_by="user:1",
        recorded_at=AT,
    )


def make_final(people: list[Person], competition: Competition | None = None):
    """A final with one skill in which ``people`` took the places in their order."""
    competition = competition or make_competition()
    skill = make_skill(competition)
    medals = ["金牌", "银牌", "铜牌"] + [""] * len(people)
    entries = [make_entry(skill, [p], f"{n:02d}") for n, p in enumerate(people, 1)]
    results = [(e, n + 1, medals[n]) for n, e in enumerate(entries)]
    return publish(skill, results, by="system:demo"), skill, entries
