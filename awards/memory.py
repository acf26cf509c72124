"""How often the garbage collector walks through what a long file leaves behind.

Rows and boxes come and go by the million and few hold one another in rings: looking for
rings again and again costs a fifth of the time.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

USUAL = gc.get_threshold()
SELDOM = (200_000, 20, 100)  # new objects, then young and middle walks, before a walk


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Let the collector walk seldom while a long file is made; it is never off.

    At the end it walks through what was made meanwhile, not through all there is.
    """
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.collect(1)
        gc.set_threshold(*USUAL)
