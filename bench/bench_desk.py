"""A bureau's work list at 20,000 entitlements, beside the same list with none.

    python -m bench.bench_desk [--lines 20000] [--rounds 7] [--limit 6]

Three installations run at once, each in a process and database of its own: one with
nothing on the desk, one with thirty lines, one with all.  Every address is asked of each
in turn.  Asserted for each: the median time of the full list is at most ``--limit`` times
that of the empty list's first page; all lines take no more queries than thirty; every
answer is a page.  That 1, 3 and 30 lines take the same queries, a test of the list says.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.machine import machine, median, report

ROOT = Path(__file__).resolve().parents[1]
FEW = 30
EMPTY = "/bureau/?kind=all"
ADDRESSES = {
    "one kind": "/bureau/?kind=grade",
    "all kinds": "/bureau/?kind=all",
    "a late page": "/bureau/?kind=all&page=200",
    "by name": "/bureau/?kind=all&sort=person",
    "by due date": "/bureau/?kind=all&sort=-due",
    "four filters": "/bureau/?kind=grade&state=filed&region=510100&tier=provincial",
    "an open fact": "/bureau/?kind=all&missing=grade_held",
    "late": "/bureau/?kind=all&overdue=1",
    "a name in pinyin": "/bureau/?kind=all&q=zhangwei",
    "a unit": "/bureau/?kind=all&q=第007机械",
}


class Desk:
    """One installation in a process of its own, asked one address at a time."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self.entitlements = self._read()["entitlements"]

    def ask(self, address: str) -> dict[str, Any]:
        """Return what a page took: milliseconds, queries, status."""
        if self.process.stdin is None:
            raise RuntimeError("the desk takes no questions")
        self.process.stdin.write(f"{address}\n")
        self.process.stdin.flush()
        return self._read()

    def _read(self) -> dict[str, Any]:
        if self.process.stdout is None:
            raise RuntimeError("the desk gives no answers")
        found: dict[str, Any] = json.loads(self.process.stdout.readline())
        return found


@contextmanager
def desks(directory: Path, sizes: Sequence[int]) -> Iterator[list[Desk]]:
    """Installations of these sizes, ended when the measurement is over."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "bench.desk_data", "--lines", str(size)],
            cwd=ROOT,
            env=os.environ
            | {
                "DATABASE_URL": f"sqlite:///{directory / f'desk-{size}.sqlite3'}",
                "LEITAI_VAR": str(directory / f"var-{size}"),
                "LOG_LEVEL": "ERROR",
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for size in sizes
    ]
    try:
        yield [Desk(process) for process in processes]
    finally:
        for process in processes:
            process.terminate()
            process.wait()


def measured(found: list[Desk], rounds: int) -> dict[str, Any]:
    """Every address of the full list against the empty list, in turns."""
    empty, few, full = found
    bare: list[float] = []
    times: dict[str, list[float]] = {name: [] for name in ADDRESSES}
    queries, statuses = {}, set()
    for name, address in ADDRESSES.items():  # once to warm up, and to count
        large, small = full.ask(address), few.ask(address)
        queries[name] = (small["queries"], large["queries"])
        statuses |= {large["status"], small["status"], empty.ask(EMPTY)["status"]}
    for _round in range(rounds):
        for name, address in ADDRESSES.items():
            bare.append(empty.ask(EMPTY)["ms"])
            times[name].append(full.ask(address)["ms"])
    floor = median(bare)
    return {
        "ratio": {
            name: round(median(spent) / floor, 2) for name, spent in times.items()
        },
        "empty_ms": round(floor, 1),
        "full_ms": {name: round(median(spent), 1) for name, spent in times.items()},
        "queries": queries,
        "statuses": sorted(statuses),
    }


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.bench_desk")
    parser.add_argument("--lines", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--limit", type=float, default=6)
    options = parser.parse_args()
    where = machine()
    with (
        tempfile.TemporaryDirectory() as text,
        desks(Path(text), (0, FEW, options.lines)) as found,
    ):
        result = measured(found, options.rounds)
    passed = (
        max(result["ratio"].values()) <= options.limit
        and all(few >= full for few, full in result["queries"].values())
        and result["statuses"] == [200]
    )
    result |= {"limit": options.limit, "entitlements": options.lines, "machine": where}
    return report("desk", result, passed=passed)


if __name__ == "__main__":
    raise SystemExit(main())
