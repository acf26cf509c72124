"""Rows for tests of awards: a bureau, a competition with results, a release of it."""

import json
from datetime import UTC, date, datetime
from hashlib import sha256

from competitions.models import Competition, Delegation, Entry, EntryMember, Skill
from people.models import Membership, Organization, Person, User
from scoring.models import Release, ReleaseSkill

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
WELDER = "6-18-02-04"


def make_bureau(region="510000", name="四川省人社厅(试验)"):
    return Organization.objects.create(name=name, kinds=["bureau"], region=region)


def make_officer(bureau, username="bureau"):
    user = User.objects.create(username=username, name=username)
    Membership.objects.create(
        user=user, organization=bureau, role="hr-officer", starts_on=date(2026, 1, 1)
    )
    return user


def make_competition(code="scgj-2026", **changes):
    owner, _ = Organization.objects.get_or_create(
        name="组委会(试验)", defaults={"kinds": ["organizer"], "region": "510000"}
    )
    values = {
        "code": code,
        "name": "天府杯2026四川省职业技能大赛（演示）",
        "tier": "provincial",
        "competition_class": "class-1",
        "kind": "comprehensive",
        "region": "510000",
        "starts_on": date(2026, 10, 16),
        "ends_on": date(2026, 10, 20),
        "owner": owner,
        "created_at": AT,
    }
    return Competition.objects.create(**{**values, **changes})


def make_skill(competition, number="01", **changes):
    values = {
        "competition": competition,
        "public_id": f"{competition.code}-{number}"[-16:],
        "number": number,
        "name": f"焊接{number}",
        "occupation_code": WELDER,
        "group": "worker",
        "team_size": 1,
    }
    return Skill.objects.create(**{**values, **changes})


def make_person(name, region="510100", **changes):
    return Person.objects.create(
        name=name, home_region=region, registered_at=AT, **changes
    )


def make_entry(skill, key, people):
    delegation, _ = Delegation.objects.get_or_create(
        competition=skill.competition, name="成都市代表队", region="510100"
    )
    entry = Entry.objects.create(
        skill=skill, delegation=delegation, key=key, state="finished"
    )
    for position, person in enumerate(people, start=1):
        EntryMember.objects.create(entry=entry, person=person, position=position)
    return entry


def entry_text(entry, place=None, award="", coaches=(), **changes):
    members = [
        {
            "person": member.person_id,
            "position": member.position,
            "organization": None,
            "employment_kind": member.employment_kind,
        }
        for member in entry.members.all()
    ]
    values = {
        "entry": entry.pk,
        "key": entry.key,
        "code": "",
        "delegation": entry.delegation.name,
        "region": entry.delegation.region,
        "standing": "ranked",
        "place": place,
        "place_low": None,
        "place_high": None,
        "award": award,
        "title_granted": "",
        "points": None,
        "modules": [],
        "members": members,
        "coaches": [coach.pk for coach in coaches],
    }
    return {**values, **changes}


def skill_text(skill, entries, field=12):
    return {
        "skill": skill.pk,
        "number": skill.number,
        "name": skill.name,
        "occupation_code": skill.occupation_code,
        "occupation_name": skill.occupation_name,
        "group": skill.group,
        "team_size": skill.team_size,
        "track": skill.track,
        "technical": skill.is_technical,
        "paper_grade": skill.paper_grade,
        "field": field,
        "registered": field,
        "entries": entries,
    }


def make_release(competition, skills, serial=1):
    head = {
        "code": competition.code,
        "name": competition.name,
        "tier": competition.tier,
        "class": competition.competition_class,
        "kind": competition.kind,
        "region": competition.region,
        "starts_on": competition.starts_on.isoformat(),
        "ends_on": competition.ends_on.isoformat(),
        "document_number": competition.document_number,
        "origin": competition.origin,
        "rehearsal": competition.is_rehearsal,
        "edition_documents": [],
    }
    text = json.dumps({"format": 1, "competition": head, "skills": skills})
    digest = sha256(text.encode()).hexdigest()
    release = Release.objects.create(
        number=f"R-2026-{serial:04}-{digest[:4]}",
        competition=competition,
        year=2026,
        serial=serial,
        text=text,
        digest=digest,
        published_by="system:test",
        published_at=AT,
    )
    ids = [skill["skill"] for skill in skills]
    before = ReleaseSkill.objects.filter(skill__in=ids, superseded_by__isnull=True)
    before.update(superseded_by=release)
    for pk in ids:
        ReleaseSkill.objects.create(release=release, skill_id=pk)
    return release
