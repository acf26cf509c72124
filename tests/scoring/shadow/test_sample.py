"""Both calculations draw the same sample from the same head."""

from decimal import Decimal
from random import Random

from scoring.core.scheme_text import parse
from scoring.core.verification import Ranked, SampleRules, draw_sample, largest_step
from scoring.shadow.compute import compute
from scoring.shadow.generate import competitions, plain_scheme
from scoring.shadow.sample import UNMARKED, largest_step_of, sample_of

CASES = 1000


def test_random_competitions_give_equal_samples_and_steps():
    chance = Random(26)  # noqa: S311 - repeatable, not secret
    different = []
    for number, skill in enumerate(competitions(CASES, seed=11)):
        shares = [str(chance.choice((0, 5, 15, 30, 33.3, 100))) for _share in range(2)]
        close = chance.random() < 0.5
        head = f"{chance.getrandbits(256):064x}"
        rows = list(compute({**skill, "verified": None}).values())
        scheme = parse(plain_scheme(skill["scheme"]))
        rules = SampleRules(Decimal(shares[0]), Decimal(shares[1]), Decimal(5), close)
        table = [
            Ranked(row["entry"], row["place"], row["points"])
            for row in rows
            if row["standing"] not in UNMARKED
        ]
        mine = [
            [drawn.entry, drawn.why.value]
            for drawn in draw_sample(table, rules, head=head, step=largest_step(scheme))
        ]
        told = {"top": shares[0], "sample": shares[1], "with_close": close}
        theirs = sample_of(skill["scheme"], rows, told, head)
        step = largest_step(scheme)
        if (
            mine != theirs
            or step * largest_step_of(skill["scheme"])[1]
            != (largest_step_of(skill["scheme"])[0])
        ):
            different.append((number, mine, theirs))

    assert different == []
