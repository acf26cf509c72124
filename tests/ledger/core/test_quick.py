"""The quick way says yes exactly where the slow way finds nothing."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.chain import COVERED, Link, canonical, event_hash
from ledger.core.quick import Walker
from ledger.core.verify import Head, first_break

BODIES = st.one_of(
    st.dictionaries(
        st.text(max_size=5),
        st.one_of(st.text(max_size=8), st.integers(), st.booleans(), st.none()),
        max_size=4,
    ),
    st.lists(st.text(max_size=4), max_size=3),
    st.fixed_dictionaries({"order": st.dictionaries(st.text(), st.integers())}),
)


def chain_of(bodies, **more):
    links, prev = [], ""
    for seq, body in enumerate(bodies, start=1):
        words = (
            "mark",
            "user:1",
            "平板\u2028",
            None,
            "",
            body,
            "x",
            "y",
            prev,
            "sha256",
        )
        link = replace(Link("skill:3", seq, *words), **more)
        links.append(replace(link, hash=event_hash(link)))
        prev = links[-1].hash
    return links


@given(bodies=st.lists(BODIES, min_size=1, max_size=6))
def test_whatever_canonical_bodies_hold_passes(bodies):
    links = chain_of([canonical(body) for body in bodies])
    assert Walker("skill:3").passes(links, 0, "")


@pytest.mark.parametrize(
    "body",
    ['{"a":1,"b":2 }', '{"b":1,"a":2}', '{"a":01,"b":2}', '{"a":-0,"b":2}', "{", "NaN"]
    + ['{"a":1,"b":"\\u0041"}', '{"a":1.5,"b":2}', '{"a":1,"b":2}\n', '{"a":1,"a":1}'],
)
def test_a_body_that_is_not_canonical_fails_though_its_shape_is_known(body):
    walker = Walker("skill:3")
    first, second = chain_of(['{"a":1,"b":2}', body])
    assert walker.passes([first], 0, "")
    assert not walker.passes([second], 1, first.hash)
    found = first_break("skill:3", [first, second], Head(2, second.hash))
    assert found is not None and found.seq == 2


@given(field=st.sampled_from([*COVERED, "hash"]), data=st.data())
def test_any_changed_field_fails(field, data):
    links = chain_of(['{"a":"b"}'] * 3)
    old = getattr(links[1], field)
    kind = st.one_of(st.integers(0, 9), st.booleans()) if field == "seq" else st.text()
    new = data.draw(kind.filter(lambda value: value != old))
    changed = [links[0], replace(links[1], **{field: new}), links[2]]
    assert not Walker("skill:3").passes(changed, 0, "")


def test_a_truth_value_is_no_number():
    links = chain_of(['{"a":"b"}'], device_n=True)
    assert not Walker("skill:3").passes(links, 0, "")
    assert first_break("skill:3", links, Head(1, links[0].hash)) is None
