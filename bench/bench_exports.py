"""A roster of fifty thousand lines, against bare openpyxl write-only and for memory.

    python -m bench.bench_exports [--lines 50000] [--rounds 3]

``export`` reads the lines from a database, writes, checks and seals them; ``write`` is
the writing alone.  The floor is openpyxl's write-only workbook with the very same cells,
unstyled.  Times are of the processor.  Memory is the peak of a process of its own at a
tenth of the lines and at all of them.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.machine import machine, median, report

ROOT = Path(__file__).resolve().parents[1]
RATIO, GROWTH = 1.5, 1.25


def step(name: str, lines: int, directory: Path) -> dict[str, Any]:
    """One step in a process and, for its size, a database of its own."""
    file = directory / f"{'write' if name == 'write' else 'roster'}-{lines}.xlsx"
    command = [sys.executable, "-m", "bench.exports_data", name]
    done = subprocess.run(
        [*command, "--lines", str(lines), "--file", str(file)],
        cwd=ROOT,
        env=os.environ
        | {
            "DATABASE_URL": f"sqlite:///{directory / f'exports-{lines}.sqlite3'}",
            "LEITAI_VAR": str(directory / f"var-{lines}"),
            "LOG_LEVEL": "ERROR",
        },
        stdout=subprocess.PIPE,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.bench_exports")
    parser.add_argument("--lines", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    where, few = machine(), options.lines // 10
    times: dict[str, list[float]] = {"export": [], "write": [], "bare": []}
    with tempfile.TemporaryDirectory() as text:
        directory = Path(text)
        for size in (few, options.lines):
            step("fill", size, directory)
        small = {name: step(name, few, directory) for name in ("export", "write")}
        large = {}
        for _round in range(options.rounds):
            for name, spent in times.items():
                large[name] = step(name, options.lines, directory)
                spent.append(large[name]["processor"])
    floor = median(times["bare"])
    ratio = {name: round(median(times[name]) / floor, 3) for name in small}
    growth = {
        name: round(large[name]["peak_mib"] / small[name]["peak_mib"], 3)
        for name in small
    }
    passed = max(ratio.values()) <= RATIO and max(growth.values()) <= GROWTH
    result = {
        "ratio": ratio,
        "limit": RATIO,
        "memory_growth": growth,
        "growth_limit": GROWTH,
        "seconds": {name: round(median(spent), 2) for name, spent in times.items()},
        "peak_mib": {
            name: [small[name]["peak_mib"], large[name]["peak_mib"]] for name in small
        },
        "lines": [few, options.lines],
        "machine": where,
    }
    return report("exports", result, passed=passed)


if __name__ == "__main__":
    sys.exit(main())
