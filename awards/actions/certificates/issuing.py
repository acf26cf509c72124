"""Issue award certificates; what is printed is fixed when it is issued."""

import hashlib
import json
import secrets
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import override

from awards.actions.certificates.designs import design_in_force
from awards.certificates import (
    CertificateText,
    award_label,
    refuse_missing_characters,
)
from awards.enums import (
    CertificateIssue,
    CertificateState,
    CertificateWithdrawalState,
)
from awards.errors import CertificatesRefused
from awards.models import Certificate, CertificateDesign
from competitions.enums import Group, Origin
from competitions.models import Competition, Skill
from ledger.actions import EventDraft, append, lock_chains
from ledger.core.chain import canonical, competition_chain
from people.models import Organization, Person, User
from scoring.models import Release

TOKEN_BYTES = 16
SERIAL_DIGITS = 4
GROUP_LETTERS = {
    Group.WORKER: "Z",
    Group.STUDENT: "X",
    Group.TEACHER: "J",
    Group.OPEN: "B",
    Group.UNKNOWN: "W",
}
GROUP_ENGLISH = {
    Group.WORKER: "workers",
    Group.STUDENT: "students",
    Group.TEACHER: "teachers",
}


@dataclass(frozen=True, slots=True)
class Winner:
    """One member of an entry that won something in a release."""

    skill: Skill
    entry_id: int
    entry: Mapping[str, Any]
    person: Person
    organization: int | None


@transaction.atomic
def issue_certificates(
    release: Release, *, by: User, at: datetime
) -> list[Certificate]:
    """Issue a certificate to every member of every entry with an award; return the new.

    Issued ones are left alone, so the action can be repeated; who holds a valid one of
    an older release with the same award and place keeps it.  Otherwise an older one of
    the same person in the same skill is superseded by the new one.  Raises
    CertificatesRefused for a rehearsal, for results of an event held elsewhere, for a
    release that a later one replaced, and for a name no font can print.
    """
    competition = release.competition
    _refuse(release, competition)
    chain = competition_chain(competition.pk)
    lock_chains([chain], at=at)
    winners = list(_without(_winners(release), _standing(release)))
    if not winners:
        return []
    design = design_in_force(competition, by=by, at=at)
    with translation.override("zh-hans"):
        texts = _texts(winners, release, design, at=at)
    refuse_missing_characters(texts)
    rows = [
        make_row(winner, text, release, design, by=by, at=at)
        for winner, text in zip(winners, texts, strict=True)
    ]
    created = Certificate.objects.bulk_create(rows)
    _supersede_older(created, release, at=at)
    body = {"release": release.number, "certificates": _lines(created)}
    append(chain, [EventDraft("certificates-issued", body)], actor=by.actor, at=at)
    return created


def award_in(entry: Mapping[str, Any]) -> tuple[str, int | None]:
    """Return award and place of an entry of a release as a certificate prints them."""
    return award_label(entry["award"]), entry.get("place")


def content_digest(token: str, content: Mapping[str, object]) -> str:
    """Return the digest of what is printed, salted with the random token."""
    return hashlib.sha256(f"{token}\n{canonical(content)}".encode()).hexdigest()


def _refuse(release: Release, competition: Competition) -> None:
    if competition.is_rehearsal:
        raise CertificatesRefused("rehearsal", _("这是演练，不产生证书。"))
    if competition.origin != Origin.OWN:
        text = _("这项赛事不在本平台举办，获奖证书由它的主办单位颁发。")
        raise CertificatesRefused("held-elsewhere", text)
    if not release.skills.filter(superseded_by=None).exists():
        text = _("这个成绩版本已被后来的版本取代，请在最新版本上制证。")
        raise CertificatesRefused("superseded", text)


def _winners(release: Release) -> Iterator[Winner]:
    current = release.skills.filter(superseded_by=None).values_list("skill", flat=True)
    skills = Skill.objects.in_bulk(list(current))
    written = [s for s in json.loads(release.text)["skills"] if s["skill"] in skills]
    people = Person.objects.in_bulk(
        {m["person"] for s in written for e in s["entries"] for m in e["members"]}
    )
    for item in written:
        for entry in item["entries"]:
            if not entry.get("award"):
                continue
            for member in entry["members"]:
                yield Winner(
                    skill=skills[item["skill"]],
                    entry_id=entry["entry"],
                    entry=entry,
                    person=people[member["person"]],
                    organization=member.get("organization"),
                )


def _standing(release: Release) -> set[tuple[int, int]]:
    """Entry and person of everybody who needs no certificate of this release.

    Either one was issued for it, whatever became of it, or an older one still says the
    truth, valid or revoked by two people.
    """
    rows = Certificate.objects.filter(release=release)
    held = set(rows.values_list("entry_id", "person_id"))
    now = {(w.entry_id, w.person.pk): award_in(w.entry) for w in _winners(release)}
    older = Certificate.objects.filter(
        Q(state=CertificateState.VALID)
        | Q(withdrawals__state=CertificateWithdrawalState.AGREED),
        release__competition=release.competition_id,
    ).exclude(release=release)
    for row in older:
        key = (row.entry_id, row.person_id)
        if now.get(key) == (row.content.get("award"), row.content.get("place")):
            held.add(key)
    return held


def _without(winners: Iterable[Winner], held: set[tuple[int, int]]) -> Iterator[Winner]:
    return (w for w in winners if (w.entry_id, w.person.pk) not in held)


def _texts(
    winners: list[Winner],
    release: Release,
    design: CertificateDesign,
    *,
    at: datetime,
) -> list[CertificateText]:
    competition = release.competition
    units = Organization.objects.in_bulk({w.organization for w in winners} - {None})
    serials = _serials(competition)
    texts = []
    for winner in winners:
        unit = units.get(winner.organization or 0) or winner.person.organization
        text = text_of(winner, release, design, unit=unit, at=at)
        number = next_number(competition, winner.skill, serials)
        texts.append(replace(text, number=number))
    return texts


def text_of(
    winner: Winner,
    release: Release,
    design: CertificateDesign,
    *,
    unit: Organization | None,
    at: datetime,
) -> CertificateText:
    """Return what a winner's certificate says, as the registers stand now."""
    competition, skill = release.competition, winner.skill
    known_group = skill.group not in (Group.OPEN, Group.UNKNOWN)
    with override(settings.LANGUAGE_CODE):  # printed words, whoever issues
        group = str(skill.get_group_display()) if known_group else ""
    award, place = award_in(winner.entry)
    return CertificateText(
        number="",
        event=competition.name,
        name=winner.person.name,
        skill=skill.name,
        award=award,
        issuer=competition.owner.name,
        issued_on=timezone.localdate(at),
        release=release.number,
        place=place,
        group=group,
        unit=unit.name if unit else "",
        event_en=competition.name_en,
        skill_en=skill.name_en,
        group_en=GROUP_ENGLISH.get(Group(skill.group), ""),
        latin_name=winner.person.latin_name,
        design=design.base,
        design_digest=design.digest,
    )


def winner_of(certificate: Certificate) -> Winner | None:
    """Return the winner a certificate was made out to, as its release writes it."""
    for winner in _winners(certificate.release):
        if (winner.entry_id, winner.person.pk) == (
            certificate.entry_id,
            certificate.person_id,
        ):
            return winner
    return None


def next_number(
    competition: Competition, skill: Skill, serials: dict[str, int] | None = None
) -> str:
    """Return the next number of a skill's certificates and count it in ``serials``."""
    known = _serials(competition) if serials is None else serials
    prefix = number_prefix(competition, skill)
    known[prefix] += 1
    return f"{prefix}{known[prefix]:0{SERIAL_DIGITS}d}"


def number_prefix(competition: Competition, skill: Skill) -> str:
    """Return ``{competition code}-{year}-{skill number}-{group}-``; the year once."""
    year = competition.starts_on.year
    code = competition.code.removesuffix(f"-{year}").upper()
    letter = GROUP_LETTERS[Group(skill.group)]
    return f"{code}-{year}-{skill.number}-{letter}-"


def _serials(competition: Competition) -> dict[str, int]:
    """The highest serial in use behind each prefix of a competition."""
    highest: dict[str, int] = defaultdict(int)
    rows = Certificate.objects.filter(skill__competition=competition)
    for number in rows.values_list("number", flat=True):
        prefix, _dash, serial = number.rpartition("-")
        highest[f"{prefix}-"] = max(highest[f"{prefix}-"], int(serial))
    return highest


def make_row(
    winner: Winner,
    text: CertificateText,
    release: Release,
    design: CertificateDesign,
    *,
    by: User,
    at: datetime,
    issue: CertificateIssue = CertificateIssue.FIRST,
) -> Certificate:
    """Return an unsaved certificate with a fresh token and the seal of its text."""
    token = secrets.token_hex(TOKEN_BYTES)
    content = text.as_content()
    return Certificate(
        token=token,
        number=text.number,
        release=release,
        skill=winner.skill,
        entry_id=winner.entry_id,
        person=winner.person,
        design=design,
        content=content,
        digest=content_digest(token, content),
        issue=issue,
        issued_by=by,
        issued_at=at,
    )


def _supersede_older(
    created: list[Certificate], release: Release, *, at: datetime
) -> None:
    """Let older certificates name the new one; revoked ones stay what they are."""
    newer = {(row.person_id, row.skill_id): row for row in created}
    older = Certificate.objects.filter(
        Q(state=CertificateState.VALID)
        | Q(state=CertificateState.SUPERSEDED, superseded_by=None),
        person__in={person for person, _skill in newer},
        skill__in={skill for _person, skill in newer},
    ).exclude(release=release)
    changed = []
    for row in older:
        successor = newer.get((row.person_id, row.skill_id))
        if successor is not None:
            row.state, row.superseded_by = CertificateState.SUPERSEDED, successor
            row.state_reason = row.state_reason or f"成绩更正，见 {release.number}"
            row.state_changed_at = row.state_changed_at or at
            changed.append(row)
    Certificate.objects.bulk_update(
        changed, ["state", "superseded_by", "state_reason", "state_changed_at"]
    )


def _lines(rows: list[Certificate]) -> list[dict[str, str]]:
    return [
        {
            "number": row.number,
            "digest": row.digest,
            "person": f"person:{row.person_id}",
            "entry": f"competitions.entry:{row.entry_id}",
        }
        for row in rows
    ]
