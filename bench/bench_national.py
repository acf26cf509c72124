"""A national event: 109 skills, 4,045 entries, 150 aspects, from marks to the release.

    python -m bench.bench_national [--skills 109] [--entries 4045]

Runs a tenth of the event and all of it, each in a process and database of its own, and
compares what one mark costs the processor, stage by stage: linear in marks.  Prints
the most memory that each run used.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.machine import machine, report

ROOT = Path(__file__).resolve().parents[1]
STAGES = ("marks", "sign", "places", "release")
LIMIT = 1.5  # cost of a mark at full size to that at a tenth


def measured(skills: int, entries: int, directory: Path) -> dict[str, Any]:
    """One run in a process of its own: its memory is its own."""
    name = directory / f"national-{skills}.sqlite3"
    command = [sys.executable, "-m", "bench.national_data"]
    command += ["--skills", str(skills), "--entries", str(entries)]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ
        | {
            "DATABASE_URL": f"sqlite:///{name}",
            "LEITAI_VAR": str(directory / f"var-{skills}"),
            "LOG_LEVEL": "ERROR",
        },
        stdout=subprocess.PIPE,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def cost(run: dict[str, Any]) -> dict[str, float]:
    """Microseconds of the processor a mark costs in each stage, and in all of them."""
    seconds = {stage: run["processor_seconds"][stage] for stage in STAGES}
    seconds["all"] = sum(seconds.values())
    return {
        stage: round(1e6 * spent / run["marks"], 1) for stage, spent in seconds.items()
    }


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.bench_national")
    parser.add_argument("--skills", type=int, default=109)
    parser.add_argument("--entries", type=int, default=4045)
    options = parser.parse_args()
    where = machine()
    with tempfile.TemporaryDirectory() as text:
        tenth = measured(options.skills // 10, options.entries // 10, Path(text))
        whole = measured(options.skills, options.entries, Path(text))
    per_mark = {"tenth": cost(tenth), "whole": cost(whole)}
    ratios = {
        stage: round(per_mark["whole"][stage] / per_mark["tenth"][stage], 3)
        for stage in (*STAGES, "all")
    }
    result = {
        "whole_to_tenth": ratios,
        "limit": LIMIT,
        "microseconds_a_mark": per_mark,
        "peak_mib": {"tenth": tenth["peak_mib"], "whole": whole["peak_mib"]},
        "runs": [tenth, whole],
        "machine": where,
    }
    return report("national", result, passed=ratios["all"] <= LIMIT)


if __name__ == "__main__":
    raise SystemExit(main())
