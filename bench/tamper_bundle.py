"""Change single bytes of a results bundle at random; every change must be refused.

python -m bench.tamper_bundle BUNDLE.zip [--changes 1000] [--seed 1]
"""

import argparse
import json
import sys
from pathlib import Path
from random import Random

from scoring.shadow.container import Refused
from scoring.shadow.verify_bundle import verify


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bundle", type=Path)
    parser.add_argument("--changes", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    archive = options.bundle.read_bytes()
    verify(archive)
    chance = Random(options.seed)
    accepted = []
    for _change in range(options.changes):
        at = chance.randrange(len(archive))
        changed = bytearray(archive)
        changed[at] ^= chance.randrange(1, 256)
        try:
            verify(bytes(changed))
        except Refused:
            continue
        accepted.append(at)
    answer = {
        "bytes": len(archive),
        "changes": options.changes,
        "refused": options.changes - len(accepted),
        "accepted": accepted,
    }
    print(json.dumps(answer))
    return 1 if accepted else 0


if __name__ == "__main__":
    sys.exit(main())
