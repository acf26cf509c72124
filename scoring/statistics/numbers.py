"""Figures that the statistics share: means, ranks, probabilities, several tests at once.

Decimal with the default 28 digits.  Functions that have no answer return None.
"""

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from itertools import groupby

ZERO, ONE, TWO = Decimal(0), Decimal(1), Decimal(2)
PI = Decimal("3.141592653589793238462643383279502884")
TINY = Decimal("1e-25")
MOST_STEPS = 500


def mean(values: Sequence[Decimal]) -> Decimal:
    """The arithmetic mean of at least one value."""
    return sum(values, ZERO) / len(values)


def deviation(values: Sequence[Decimal]) -> Decimal | None:
    """The sample standard deviation; None of fewer than two values."""
    if len(values) < 2:  # noqa: PLR2004 - one value does not spread
        return None
    centre = mean(values)
    squares = sum(((value - centre) ** 2 for value in values), ZERO)
    return (squares / (len(values) - 1)).sqrt()


def median(values: Sequence[Decimal]) -> Decimal:
    """The middle of at least one value."""
    ordered = sorted(values)
    half = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[half]
    return (ordered[half - 1] + ordered[half]) / 2


def ranks(values: Sequence[Decimal]) -> list[Decimal]:
    """The rank of each value from 1; equals share the mean of their ranks.

    >>> [str(rank) for rank in ranks([Decimal(5), Decimal(9), Decimal(5)])]
    ['1.5', '3', '1.5']
    """
    found = [ZERO] * len(values)
    order = sorted(range(len(values)), key=lambda index: values[index])
    done = 0
    for _value, group in groupby(order, key=lambda index: values[index]):
        equals = list(group)
        shared = Decimal(2 * done + len(equals) + 1) / 2
        for index in equals:
            found[index] = shared
        done += len(equals)
    return found


def correlation(ones: Sequence[Decimal], others: Sequence[Decimal]) -> Decimal | None:
    """Pearson's correlation; None where one side does not vary."""
    if len(ones) < 2:  # noqa: PLR2004 - two points make a line
        return None
    one, other = mean(ones), mean(others)
    pairs = [(a - one, b - other) for a, b in zip(ones, others, strict=True)]
    square = sum((a * a for a, _ in pairs), ZERO) * sum((b * b for _, b in pairs), ZERO)
    if square <= TINY:
        return None
    found = sum((a * b for a, b in pairs), ZERO) / square.sqrt()
    return max(-ONE, min(ONE, found))


def spearman(ones: Sequence[Decimal], others: Sequence[Decimal]) -> Decimal | None:
    """Spearman's rank correlation, equals sharing ranks."""
    return correlation(ranks(ones), ranks(others))


def correlation_chance(found: Decimal, count: int) -> Decimal:
    """How often ``count`` unrelated pairs give a correlation this far from none."""
    rest = ONE - found * found
    if rest <= TINY:
        return ZERO
    free = count - 2
    return student_chance(found * (Decimal(free) / rest).sqrt(), free)


def student_chance(value: Decimal, free: int) -> Decimal:
    """Two-sided probability of Student's t with ``free`` degrees of freedom."""
    free_ = Decimal(free)
    return _beta_share(free_ / (free_ + value * value), free)


@cache
def student_limit(free: int, chance: Decimal) -> Decimal:
    """The t that is passed, in either direction, with probability ``chance``."""
    low, high = ZERO, Decimal(1000)
    for _step in range(80):
        middle = (low + high) / 2
        if student_chance(middle, free) > chance:
            low = middle
        else:
            high = middle
    return high


def normal_chance(value: Decimal) -> Decimal:
    """Two-sided probability of a standard normal value as far out as this."""
    far = abs(value)
    if far <= 3:  # noqa: PLR2004 - the series is quick here, the fraction there
        return ONE - _normal_middle(far)
    density = (-(far * far) / 2).exp() / (2 * PI).sqrt()
    rest = far
    for step in range(60, 0, -1):  # Laplace's continued fraction
        rest = far + Decimal(step) / rest
    return 2 * density / rest


def adjusted(chances: Sequence[Decimal]) -> list[Decimal]:
    """Benjamini and Hochberg: each probability as if it were the only test.

    >>> [str(q) for q in adjusted([Decimal("0.01"), Decimal("0.04"), Decimal("0.03")])]
    ['0.03', '0.04', '0.04']
    """
    order = sorted(range(len(chances)), key=lambda index: chances[index])
    found = [ONE] * len(chances)
    lowest = ONE
    for place in range(len(order), 0, -1):
        index = order[place - 1]
        lowest = min(lowest, chances[index] * len(chances) / place)
        found[index] = lowest
    return found


def _normal_middle(far: Decimal) -> Decimal:
    """The probability between -far and far, by its power series."""
    term = total = far
    step = 0
    while abs(term) > TINY:
        step += 1
        term *= far * far / (2 * step + 1)
        total += term
    return 2 * total * (-(far * far) / 2).exp() / (2 * PI).sqrt()


def _beta_share(share: Decimal, free: int) -> Decimal:
    """The regularised incomplete beta function of ``share`` at (free / 2, 1 / 2)."""
    if share <= ZERO:
        return ZERO
    if share >= ONE:
        return ONE
    one, half = Decimal(free) / 2, ONE / 2
    front = share**one * (ONE - share) ** half / _beta(free)
    if share < (one + 1) / (one + half + 2):
        return front * _fraction(share, one, half) / one
    return ONE - front * _fraction(ONE - share, half, one) / half


@cache
def _beta(free: int) -> Decimal:
    """The beta function at (free / 2, 1 / 2)."""
    first, found = (ONE / 2, PI) if free % 2 else (ONE, TWO)
    while first < Decimal(free) / 2:
        found *= first / (first + ONE / 2)
        first += 1
    return found


def _fraction(share: Decimal, one: Decimal, other: Decimal) -> Decimal:
    """The continued fraction of the incomplete beta function, by Lentz's rule."""
    both, lower, upper = one + other, ONE, ONE
    lower = ONE / _away(ONE - both * share / (one + 1))
    found = lower
    for step in range(1, MOST_STEPS):
        even = step * (other - step) * share
        even /= (one + 2 * step - 1) * (one + 2 * step)
        odd = -(one + step) * (both + step) * share
        odd /= (one + 2 * step) * (one + 2 * step + 1)
        for part in (even, odd):
            lower = ONE / _away(ONE + part * lower)
            upper = _away(ONE + part / upper)
            found *= lower * upper
        if abs(lower * upper - ONE) < TINY:
            break
    return found


def _away(value: Decimal) -> Decimal:
    """Not nought, so that it can be divided by."""
    return value if abs(value) > TINY else TINY
