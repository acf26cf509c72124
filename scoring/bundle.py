"""A release's results bundle: all that a stranger needs to compute the places anew.

Entries appear by opaque id and blind code; no person and no unit is in it.  The name
table is a file of its own, bound to the bundle by a salted commitment per row.  The same
release always gives the same bytes.  Reads only.
"""

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db.models import QuerySet
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from ledger.core.chain import ChainRef, moment, skill_chain
from ledger.models import Event
from ledger.queries import events_of
from people.models import Organization, Person
from scoring.errors import ScoringError
from scoring.models import Release, Scheme
from scoring.shadow.container import MANIFEST, manifest_of, pack, plain
from scoring.shadow.places import in_points
from scoring.shadow.ratio import NONE, millionths, pair_of
from scoring.shadow.verify_bundle import signoffs_of

COLUMNS = (
    *("seq", "type", "actor", "device", "device_n", "key", "body", "client_time"),
    *("server_time", "prev", "hash"),
)


class BundleRefused(ScoringError):
    """A release of which nothing can be computed anew."""

    code = "bundle"


@dataclass(frozen=True, slots=True)
class Names:
    """The names beside the ids of a release, read once."""

    persons: dict[int, str]
    organizations: dict[int, str]


def bundle_of(release: Release) -> bytes:
    """The bundle of a release; :class:`BundleRefused` for results from outside."""
    text = json.loads(release.text)
    skills = text["skills"]
    if not skills or not all("chain" in skill for skill in skills):
        raise BundleRefused(_("外部导入的成绩没有评分记录，不能生成成绩包。"))
    chains = {
        str(skill_chain(skill["skill"])): _events(
            skill_chain(skill["skill"]), skill["chain"]["seq"]
        )
        for skill in skills
    }
    rows = {(row["skill"], row["entry"]): row for row in _name_rows(release, text)}
    files = {
        "heads.json": _line(_heads(release, text)),
        "marks.ndjson": "".join(
            f"{plain(event)}\n" for events in chains.values() for event in events
        ).encode(),
        "ranking.json": _line(_ranking(text, rows)),
        "signoffs.ndjson": signoffs_of(chains),
        **_schemes(skills),
    }
    return pack({**files, MANIFEST: manifest_of(files)})


def names_of(release: Release) -> bytes:
    """The name table of a release, for those entitled to it; each row with its salt."""
    rows = _name_rows(release, json.loads(release.text))
    return _line({"format": 1, "release": release.number, "rows": rows})


def _events(chain: ChainRef, last: int) -> list[dict[str, Any]]:
    rows: QuerySet[Event] = events_of(chain).filter(seq__lte=last)
    algorithm = rows.values_list("chain__algorithm", flat=True).first()
    found = []
    for values in rows.values_list(*COLUMNS).iterator(chunk_size=2000):
        event = dict(zip(COLUMNS, values, strict=True))
        event["key"] = str(event["key"] or "")
        event["server_time"] = moment(event["server_time"])
        found.append({**event, "chain": str(chain), "algorithm": algorithm})
    return found


def _heads(release: Release, text: dict[str, Any]) -> dict[str, Any]:
    return {
        "format": 1,
        "release": release.number,
        "digest": release.digest,
        "published_at": moment(release.published_at),
        "competition": {
            name: text["competition"][name] for name in ("code", "name", "tier")
        },
        "skills": [
            {
                "skill": skill["skill"],
                "number": skill["number"],
                "name": skill["name"],
                "chain": str(skill_chain(skill["skill"])),
                "seq": skill["chain"]["seq"],
                "hash": skill["chain"]["hash"],
                "scheme": skill["scheme"],
            }
            for skill in text["skills"]
        ],
    }


def _ranking(text: dict[str, Any], rows: dict[Any, dict[str, Any]]) -> dict[str, Any]:
    return {
        "format": 1,
        "skills": [
            {
                "skill": skill["skill"],
                "entries": [
                    _ranked(entry, rows[skill["skill"], str(entry["entry"])])
                    for entry in skill["entries"]
                ],
            }
            for skill in text["skills"]
        ],
    }


def _ranked(entry: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    shown = {name: value for name, value in row.items() if name != "salt"}
    return {
        "entry": str(entry["entry"]),
        "code": entry["code"],
        **{n: entry[n] for n in ("standing", "place", "award", "scale_score")},
        "points": _points(entry["points"]),
        "modules": {m["letter"]: _points(m["points"]) for m in entry["modules"]},
        "commitment": sha256((row["salt"] + plain(shown)).encode()).hexdigest(),
    }


def _points(text: str) -> str:
    return in_points(millionths(pair_of(text) or NONE))


def _schemes(skills: list[dict[str, Any]]) -> dict[str, bytes]:
    rows = Scheme.objects.filter(digest__in={skill["scheme"] for skill in skills})
    texts = dict(rows.values_list("digest", "text"))
    return {
        f"schemes/{skill['skill']}.json": texts[skill["scheme"]].encode()
        for skill in skills
    }


def _name_rows(release: Release, text: dict[str, Any]) -> list[dict[str, Any]]:
    entries = [
        (skill["skill"], entry)
        for skill in text["skills"]
        for entry in skill["entries"]
    ]
    names = _names([entry for _skill, entry in entries])
    return [
        {
            "skill": skill,
            "entry": str(entry["entry"]),
            "code": entry["code"],
            "delegation": entry["delegation"],
            "members": [
                {
                    "name": names.persons.get(member["person"], ""),
                    "unit": names.organizations.get(member["organization"], ""),
                }
                for member in entry["members"]
            ],
            "coaches": [names.persons.get(pk, "") for pk in entry["coaches"]],
            "salt": _salt(release, skill, entry["entry"]),
        }
        for skill, entry in entries
    ]


def _names(entries: list[dict[str, Any]]) -> Names:
    members = [member for entry in entries for member in entry["members"]]
    people = {member["person"] for member in members}
    people |= {pk for entry in entries for pk in entry["coaches"]}
    units = {member["organization"] for member in members}
    return Names(
        dict(Person.objects.filter(pk__in=people).values_list("pk", "name")),
        dict(
            Organization.objects.filter(pk__in=units - {None}).values_list("pk", "name")
        ),
    )


def _salt(release: Release, skill: int, entry: int) -> str:
    """Known to this installation alone, and always the same for the same row."""
    word = f"{release.digest}/{skill}/{entry}"
    return salted_hmac("scoring.bundle", word, algorithm="sha256").hexdigest()


def _line(value: Any) -> bytes:
    return (plain(value) + "\n").encode()
