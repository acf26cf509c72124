"""Check a results bundle offline: hashes, chains, signatures listed, places, heads.

    python verify_bundle.py BUNDLE.zip [--head SEQ:HASH] [--sample [SEQ:HASH]]
                            [--names NAMES.json]

Needs Python 3.11 and nothing else.  A head is what a receipt or a printed sheet says
(its first characters will do); a sample is drawn anew from it.  Exit 0: everything holds; 1: something does not.
"""

import argparse
import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

from scoring.shadow.compute import compute
from scoring.shadow.container import Refused, plain, unpack
from scoring.shadow.places import in_points
from scoring.shadow.sample import sample_of
from scoring.shadow.story import skill_of

EVENT = frozenset(
    (
        *("actor", "algorithm", "body", "chain", "client_time", "device", "device_n"),
        *("hash", "key", "prev", "seq", "server_time", "type"),
    )
)
FIXED = ("heads.json", "marks.ndjson", "ranking.json", "signoffs.ndjson")
LEAST_OF_A_HASH = 4
NUMBER = re.compile(r"R-[0-9]{4}-[0-9]{4,}-([0-9A-F]{4})")
Events = dict[str, list[dict[str, Any]]]


def verify(archive: bytes) -> dict[str, Any]:
    """What a whole bundle says of itself; :class:`Refused` names what does not hold."""
    try:
        files = unpack(archive)
        heads = _canonical(files["heads.json"], "heads.json")
        found = NUMBER.fullmatch(heads["release"])
        if found is None or not heads["digest"].upper().startswith(found[1]):
            raise Refused("版本号与摘要不符 / number and digest of the release differ")
        _same_names(files, heads)
        events = _chains(files["marks.ndjson"])
        _heads(events, heads)
        _signoffs(events, files["signoffs.ndjson"])
        ranking = _canonical(files["ranking.json"], "ranking.json")
        entries = _places(events, heads, ranking, files)
        samples = [drawn for rows in events.values() for drawn in _samples(rows)]
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise Refused(f"内容不完整 / incomplete: {error!r}") from error
    return {
        "release": heads["release"],
        "skills": len(heads["skills"]),
        "events": sum(map(len, events.values())),
        "entries": entries,
        "whole": hashlib.sha256(archive).hexdigest(),
        "chains": events,
        "ranking": ranking,
        "samples": samples,
    }


def check_sample(found: dict[str, Any], word: str) -> list[str]:
    """Who was drawn from a head on paper (all draws, if no head is given), by code."""
    codes = {
        row["entry"]: row["code"]
        for skill in found["ranking"]["skills"]
        for row in skill["entries"]
    }
    seq, _colon, digest = word.rpartition(":")
    wanted = digest.replace(" ", "").lower()
    lines = [
        f"{drawn['chain']} #{drawn['seq']} {drawn['head'][:16].upper()}: "
        + " ".join(f"{codes.get(entry, entry)}({why})" for entry, why in drawn["drawn"])
        for drawn in found["samples"]
        if not word
        or (
            len(wanted) >= LEAST_OF_A_HASH
            and drawn["head"].startswith(wanted)
            and seq.rpartition(":")[2] in ("", str(drawn["seq"]))
        )
    ]
    if not lines:
        raise Refused(f"没有从此链首抽样 / no sample was drawn from: {word}")
    return lines


def _samples(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every sample drawn in a chain, drawn once more from the head it names."""
    found = []
    for event in rows:
        if event["type"] != "verification-drawn":
            continue
        body, where = json.loads(event["body"]), f"{event['chain']} #{event['seq']}"
        before = [row for row in rows if row["seq"] <= body["seq"]]
        if before[-1]["hash"] != body["head"] or body["seq"] != event["seq"] - 1:
            raise Refused(f"{where}: 抽样的链首不符 / not the head before the draw")
        told = skill_of(
            ((e["type"], json.loads(e["body"])) for e in before), body["away"]
        )
        told = {**(told or {}), "verified": None}
        mine = sample_of(
            told["scheme"], list(compute(told).values()), body["rules"], body["head"]
        )
        if mine != body["entries"]:
            raise Refused(f"{where}: 抽样不符 / another sample follows from the head")
        found.append({**body, "chain": event["chain"], "drawn": mine})
    return found


def check_head(found: dict[str, Any], word: str) -> None:
    """A head from paper, ``SEQ:HASH`` or ``CHAIN:SEQ:HASH``, stands in the bundle."""
    *chain, seq, digest = word.split(":")
    wanted = digest.replace(" ", "").lower()
    name = ":".join(chain)
    for events in found["chains"].values():
        if name and events[0]["chain"] not in (name, f"skill:{name}"):
            continue
        is_there = seq.isdigit() and 1 <= int(seq) <= len(events)
        hashed = events[int(seq) - 1]["hash"] if is_there else ""
        if len(wanted) >= LEAST_OF_A_HASH and hashed.startswith(wanted):
            return
    raise Refused(f"找不到 / not in the bundle: {word}")


def check_names(found: dict[str, Any], text: bytes) -> int:
    """The name table is the one the bundle was bound to; how many rows it has."""
    table = _canonical(text, "names")
    bound = {
        (skill["skill"], row["entry"]): row["commitment"]
        for skill in found["ranking"]["skills"]
        for row in skill["entries"]
    }
    told = {}
    for row in table["rows"]:
        row = dict(row)
        salt = row.pop("salt")
        digest = hashlib.sha256((salt + plain(row)).encode()).hexdigest()
        told[row["skill"], row["entry"]] = digest
    if table["release"] != found["release"] or told != bound:
        raise Refused("姓名表与成绩包不符 / the name table is not the one bound")
    return len(told)


def _canonical(data: bytes, name: str) -> Any:
    value = json.loads(data)
    if (plain(value) + "\n").encode() != data:
        raise Refused(f"{name}: 不是规范文本 / not in canonical form")
    return value


def _same_names(files: dict[str, bytes], heads: dict[str, Any]) -> None:
    schemes = [f"schemes/{skill['skill']}.json" for skill in heads["skills"]]
    if sorted(files) != sorted([*FIXED, *schemes]):
        raise Refused("文件不齐或多出 / files are missing or too many")


def _chains(data: bytes) -> Events:
    """The events of every chain, each tied to the one before it by its hash."""
    chains: Events = {}
    *lines, end = data.decode().split("\n")
    if end:
        raise Refused("marks.ndjson: 缺行尾 / the last line is cut off")
    for number, line in enumerate(lines, start=1):
        event = json.loads(line)
        if set(event) != EVENT or plain(event) != line:
            raise Refused(f"marks.ndjson {number}: 格式不对 / malformed")
        before = chains.setdefault(event["chain"], [])
        prev = before[-1]["hash"] if before else ""
        if event["seq"] != len(before) + 1 or event["prev"] != prev:
            raise Refused(f"{event['chain']} #{event['seq']}: 断链 / chain is broken")
        covered = {name: value for name, value in event.items() if name != "hash"}
        whole = plain(covered).encode()
        digest = hashlib.new(event["algorithm"], b"%d:" % len(whole) + whole)
        if digest.hexdigest() != event["hash"]:
            raise Refused(f"{event['chain']} #{event['seq']}: 哈希不符 / wrong hash")
        before.append(event)
    return chains


def _heads(events: Events, heads: dict[str, Any]) -> None:
    told = {skill["chain"]: (skill["seq"], skill["hash"]) for skill in heads["skills"]}
    ends = {
        chain: (rows[-1]["seq"], rows[-1]["hash"]) for chain, rows in events.items()
    }
    if told != ends:
        raise Refused("链首不符 / the heads are not those of the chains")


def signoffs_of(events: Events) -> bytes:
    """Every signature in the chains: who signed what, over which digest."""
    lines = []
    for chain in sorted(events):
        for event in events[chain]:
            if event["type"] == "sign":
                body = json.loads(event["body"])
                told = {name: event[name] for name in ("actor", "hash", "seq")}
                at = event["server_time"]
                lines.append(plain({**told, "at": at, "chain": chain, **body}))
    return "".join(f"{line}\n" for line in lines).encode()


def _signoffs(events: Events, data: bytes) -> None:
    if signoffs_of(events) != data:
        raise Refused("签名记录不符 / signoffs differ from the chains")


def _places(
    events: Events,
    heads: dict[str, Any],
    ranking: dict[str, Any],
    files: dict[str, Any],
) -> int:
    """Recompute every result from its events; how many entries there are."""
    listed = {skill["skill"]: skill["entries"] for skill in ranking["skills"]}
    if [skill["skill"] for skill in heads["skills"]] != list(listed):
        raise Refused("赛项不符 / the skills differ")
    for skill in heads["skills"]:
        rows = events[skill["chain"]]
        told = skill_of(((e["type"], json.loads(e["body"])) for e in rows), {})
        if told is None or told["verified"] is None:
            raise Refused(f"{skill['skill']}: 未经复核 / not verified")
        text = files[f"schemes/{skill['skill']}.json"]
        same = hashlib.sha256(text).hexdigest() == skill["scheme"]
        if not same or json.loads(text) != told["scheme"]:
            raise Refused(f"{skill['skill']}: 评分方案不符 / the scheme differs")
        _compare(skill["skill"], compute(told), listed[skill["skill"]])
    return sum(map(len, listed.values()))


def _compare(
    skill: int, found: dict[str, dict[str, Any]], rows: list[dict[str, Any]]
) -> None:
    if sorted(found) != sorted(row["entry"] for row in rows):
        raise Refused(f"{skill}: 参赛不符 / the entries differ")
    for row in rows:
        mine = found[row["entry"]]
        told = {
            "standing": mine["standing"],
            "place": mine["place"],
            "points": in_points(mine["points"]),
            "scale_score": mine["scale"],
            "award": mine["award"],
            "modules": {k: in_points(v) for k, v in mine["criteria"].items()},
        }
        for name, value in told.items():
            if row[name] != value:
                raise Refused(
                    f"{skill} {row['code']} {name}: {row[name]} ≠ {value} "
                    "重算不符 / recomputed otherwise"
                )


def main(words: list[str]) -> int:
    """Check the named file and say what was found."""
    parser = argparse.ArgumentParser(description="核对成绩包 / verify a results bundle")
    parser.add_argument("bundle", type=Path)
    parser.add_argument("--head", action="append", default=[], metavar="SEQ:HASH")
    parser.add_argument("--sample", nargs="?", const="", metavar="SEQ:HASH")
    parser.add_argument("--names", type=Path, metavar="FILE")
    options = parser.parse_args(words)
    say = sys.stdout.write
    try:
        found = verify(options.bundle.read_bytes())
        say(f"{found['release']}  sha256 {found['whole']}\n")
        say(f"链与哈希一致 / chains and hashes hold: {found['events']}\n")
        say(f"名次重算一致 / places recomputed: {found['entries']}\n")
        for word in options.head:
            check_head(found, word)
            say(f"链首一致 / head found: {word}\n")
        if options.sample is not None:
            for line in check_sample(found, options.sample):
                say(f"抽样一致 / sample drawn anew: {line}\n")
        if options.names:
            count = check_names(found, options.names.read_bytes())
            say(f"姓名表一致 / name table bound: {count}\n")
    except (Refused, OSError) as refused:
        say(f"拒绝 / refused: {refused}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
