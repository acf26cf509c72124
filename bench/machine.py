"""What a figure was measured on, and how figures are summed up."""

import json
import os
import platform
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any


def machine() -> dict[str, Any]:
    """Return processor, cores, load and versions: a ratio means little without them."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = [line.split(":")[1].strip() for line in lines if "model name" in line]
    return {
        "processor": names[0] if names else platform.machine(),
        "cores": os.cpu_count(),
        "load_before": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
        "system": platform.system(),
    }


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def report(name: str, result: dict[str, Any], *, passed: bool) -> int:
    """Print one result as JSON and as a line; return the exit code."""
    print(json.dumps({"bench": name, "passed": passed, **result}, ensure_ascii=False))
    print(f"{name}: {'ok' if passed else 'MISSED'}", file=sys.stderr)
    return 0 if passed else 1
