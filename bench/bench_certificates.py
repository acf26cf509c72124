"""1,000 certificates in one batch against single files, sharing fonts or made fresh.

Single files are measured on a sample, in turns with thirds of the batch, which is joined
as it is drawn; by the processor's time.  Nothing is signed.  The peak of memory is that of
processes which make 200 and 1,000 at once.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from awards import certificates  # noqa: E402
from awards.certificates import CertificateText, Printing  # noqa: E402
from bench.machine import machine, median, report  # noqa: E402
from people import pdf  # noqa: E402

BATCH, FEW = 1000, 200
MAY_GROW = 1.15  # the peak of the batch by that of a fifth of it
SHARED_SAMPLE, FRESH_SAMPLE = 20, 5  # files of one turn
TURNS = 3
WANTED = {"shared": 3.0, "fresh": 10.0}
NAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "安敏强勇静磊洋艳杰娟涛明超霞平刚桂英𠮷䶮喆犇頔堃"


def printing(number: int) -> Printing:
    """The certificate of one of a thousand different people."""
    name = NAMES[number % len(NAMES)] + GIVEN[number // len(NAMES) % len(GIVEN)]
    text = CertificateText(
        number=f"BENCH-2026-01-Z-{number:04d}",
        event="2026 年演示职业技能大赛",
        name=name + GIVEN[number % len(GIVEN)],
        skill="焊接",
        award=("金牌", "银牌", "铜牌", "优胜奖")[number % 4],
        issuer="演示大赛组织委员会",
        issued_on=date(2026, 11, 20),
        release="R-2026-0001-0000",
        place=number + 1,
        group="职工组",
        unit=f"演示第 {number} 机械有限公司",
    )
    address = f"https://leitai.example.org/verify/{number:032x}/"
    return Printing(text, f"{number:064x}", address)


def seconds(act: Callable[[], Any]) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began


def write(printings: list[Printing]) -> int:
    """Draw part of the batch and join it on disk; return the size of the document."""
    with tempfile.TemporaryFile() as out:
        drawn = certificates.render_batch(printings, lambda *_: None)
        certificates.join_pdfs(drawn, out)
        return out.tell()


def peak_of(count: int) -> int:
    """The most memory, in MB, that a process of its own takes for so many at once."""
    asked = [sys.executable, "-m", "bench.bench_certificates", "--peak", str(count)]
    told = subprocess.run(asked, check=True, capture_output=True, text=True)  # noqa: S603
    return int(told.stdout.split()[-1])


def tell_peak(count: int) -> int:
    write([printing(number) for number in range(count)])
    print(round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))
    return 0


def shared(first: int) -> None:
    for number in range(first, first + SHARED_SAMPLE):
        certificates.render_certificates([printing(number)])


def fresh(first: int) -> None:
    """Each file with fonts and style sheet read anew, as the library does by itself."""
    for number in range(first, first + FRESH_SAMPLE):
        pdf._styles.cache_clear()
        certificates.render_certificates([printing(number)])


def main() -> int:
    # First of all: a process starts with the peak of the one that began it.
    peaks = {str(count): peak_of(count) for count in (FEW, BATCH)}
    printings = [printing(number) for number in range(BATCH)]
    certificates.render_certificates(printings[:1])  # imports, grounds, font files
    each: dict[str, list[float]] = {"batch": [], "shared": [], "fresh": []}
    spent: list[float] = []
    sizes: list[int] = []
    for turn in range(TURNS):
        first = turn * SHARED_SAMPLE
        each["shared"].append(seconds(lambda at=first: shared(at)) / SHARED_SAMPLE)
        each["fresh"].append(seconds(lambda at=first: fresh(at)) / FRESH_SAMPLE)
        certificates.render_certificates(printings[:1])
        part = printings[turn * BATCH // TURNS : (turn + 1) * BATCH // TURNS]
        spent.append(seconds(lambda of=part: sizes.append(write(of))))
    each["batch"] = [sum(spent) / BATCH]
    milliseconds = {name: median(values) * 1000 for name, values in each.items()}
    ratios = {
        name: milliseconds[name] / milliseconds["batch"] for name in ("shared", "fresh")
    }
    grown = peaks[str(BATCH)] / peaks[str(FEW)]
    return report(
        "certificates",
        {
            **machine(),
            "batch": BATCH,
            "single_files_sampled": {
                "shared": SHARED_SAMPLE * TURNS,
                "fresh": FRESH_SAMPLE * TURNS,
            },
            "milliseconds_each": {k: round(v, 1) for k, v in milliseconds.items()},
            "batch_is_faster": {k: round(v, 1) for k, v in ratios.items()},
            "wanted": WANTED,
            "document_bytes": sum(sizes),
            "single_bytes": len(certificates.render_certificates(printings[:1])),
            "peak_mb": peaks,
            "peak_may_grow": MAY_GROW,
        },
        passed=grown <= MAY_GROW
        and all(ratios[name] >= wanted for name, wanted in WANTED.items()),
    )


if __name__ == "__main__":
    sys.exit(tell_peak(int(sys.argv[2])) if "--peak" in sys.argv else main())
