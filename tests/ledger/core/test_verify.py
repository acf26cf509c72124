"""The first link that does not fit is found and named."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.chain import COVERED, Link, canonical, event_hash
from ledger.core.verify import Break, Head, first_break


def links_of(length, chain="skill:3"):
    links, prev = [], ""
    for seq in range(1, length + 1):
        link = Link(
            chain=chain,
            seq=seq,
            type="mark",
            actor=f"user:{seq}",
            device="tablet-1",
            device_n=seq,
            key=f"key-{seq}",
            body=canonical({"value": str(seq)}),
            client_time="09:00",
            server_time=f"2026-11-20T01:00:{seq:02}.000+00:00",
            prev=prev,
            algorithm="sha256",
        )
        link = replace(link, hash=event_hash(link))
        links.append(link)
        prev = link.hash
    return links


def head_of(links):
    return Head(links[-1].seq, links[-1].hash) if links else Head(0, "")


@pytest.mark.parametrize("length", [0, 1, 5])
def test_untouched_chain_has_no_break(length):
    links = links_of(length)

    assert first_break("skill:3", links, head_of(links)) is None


@given(
    position=st.integers(0, 5),
    field=st.sampled_from([*COVERED, "hash"]),
    data=st.data(),
)
def test_changing_any_field_of_any_event_is_found(position, field, data):
    links = links_of(6)
    old = getattr(links[position], field)
    kind = st.integers(0, 99) if isinstance(old, int) else st.text(max_size=8)
    new = data.draw(kind.filter(lambda value: value != old))
    changed = [*links]
    changed[position] = replace(links[position], **{field: new})

    found = first_break("skill:3", changed, head_of(links))

    assert found is not None
    assert found.seq == position + 1


@given(position=st.integers(0, 5))
def test_event_that_was_taken_out_is_found(position):
    links = links_of(6)

    found = first_break(
        "skill:3", links[:position] + links[position + 1 :], head_of(links)
    )

    assert found is not None
    assert found.seq == position + 1


def test_history_rewritten_with_fresh_hashes_is_found_by_its_head():
    old, new = links_of(6), links_of(5)
    rest = replace(old[5], prev=new[4].hash, actor="user:99")
    rewritten = [*new, replace(rest, hash=event_hash(rest))]

    found = first_break("skill:3", rewritten, head_of(old))

    assert found == Break("skill:3", 6, "the head names another hash")


def test_end_that_was_cut_off_is_found():
    links = links_of(6)

    found = first_break("skill:3", links[:4], head_of(links))

    assert found == Break("skill:3", 5, "missing: the head is at 6")


def test_event_beyond_the_head_is_found():
    links = links_of(6)

    found = first_break("skill:3", links, head_of(links[:4]))

    assert found == Break("skill:3", 5, "not counted: the head is at 4")


def test_event_of_another_chain_is_found():
    links = links_of(2, chain="skill:4")

    found = first_break("skill:3", links, head_of(links))

    assert found == Break("skill:3", 1, "belongs to chain skill:4")


@pytest.mark.parametrize("body", ['{"b":1, "a":2}', '{"b":1,"a":2}', "{", "1.5"])
def test_body_that_is_not_canonical_is_found_even_with_a_fitting_hash(body):
    link = replace(links_of(1)[0], body=body)
    link = replace(link, hash=event_hash(link))

    found = first_break("skill:3", [link], Head(1, link.hash))

    assert found == Break("skill:3", 1, "the body is not canonical JSON")
