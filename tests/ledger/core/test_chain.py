"""An event's canonical form and its hash."""

import hashlib
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core import chain
from ledger.core.chain import ChainRef, Link, canonical, event_hash, moment

LINK = Link(
    chain="skill:3",
    seq=7,
    type="mark",
    actor="user:5",
    device="tablet-2",
    device_n=41,
    key="6f9619ff-8b86-4011-b42d-00cf4fc964ff",
    body='{"aspect":"A1.01","value":"1.50"}',
    client_time="2026-11-20T09:00:01+08:00",
    server_time="2026-11-20T01:00:02.000+00:00",
    prev="ab" * 32,
    algorithm="sha256",
)
plain_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


def test_canonical_form_orders_keys_and_keeps_characters():
    value = {"选手": "𠮷", "b": [1, True, None], "a": {"z": "1.50", "y": ""}}

    assert canonical(value) == (
        '{"a":{"y":"","z":"1.50"},"b":[1,true,null],"选手":"𠮷"}'
    )


def test_keys_are_ordered_by_utf16_units_as_in_rfc_8785():
    assert canonical({"\ufb33": 1, "\U0001f600": 2}) == '{"\U0001f600":2,"\ufb33":1}'


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"value": 1.5}, "body.value: write a string instead of a float"),
        ({"a": [{"b": 0.0}]}, r"body.a\[0\].b: write a string instead of a float"),
        ({"value": Decimal("1.5")}, "instead of a Decimal"),
        ({"value": b"x"}, "instead of a bytes"),
        ({1: "x"}, "the key 1 is not a string"),
        ({"value": "\ud800"}, "surrogates not allowed"),
    ],
)
def test_value_that_json_cannot_hold_exactly_is_refused(value, message):
    with pytest.raises(ValueError, match=message):
        canonical(value)


@given(plain_values)
def test_canonical_form_does_not_depend_on_the_order_of_keys(value):
    def turned(item):
        if isinstance(item, dict):
            return {key: turned(item[key]) for key in reversed(item)}
        return [turned(each) for each in item] if isinstance(item, list) else item

    try:
        expected = canonical(value)
    except UnicodeEncodeError:
        return
    assert canonical(turned(value)) == expected


def test_hash_is_that_of_the_whole_event_with_its_length_before_it():
    whole = (
        '{"actor":"user:5","algorithm":"sha256",'
        '"body":"{\\"aspect\\":\\"A1.01\\",\\"value\\":\\"1.50\\"}","chain":"skill:3",'
        '"client_time":"2026-11-20T09:00:01+08:00","device":"tablet-2","device_n":41,'
        '"key":"6f9619ff-8b86-4011-b42d-00cf4fc964ff","prev":"' + "ab" * 32 + '",'
        '"seq":7,"server_time":"2026-11-20T01:00:02.000+00:00","type":"mark"}'
    ).encode()

    expected = hashlib.sha256(str(len(whole)).encode() + b":" + whole).hexdigest()

    assert event_hash(LINK) == expected


def test_hash_covers_every_field_but_itself_and_the_device_signature():
    not_covered = {field.name for field in fields(Link)} - set(chain.COVERED)

    assert not_covered == {"hash", "device_signature"}


def test_sm3_gives_another_hash_of_the_same_length():
    assert len(event_hash(replace(LINK, algorithm="sm3"))) == 64
    assert event_hash(replace(LINK, algorithm="sm3")) != event_hash(LINK)


def test_unknown_algorithm_is_refused():
    with pytest.raises(ValueError, match="unknown hash algorithm 'md5'"):
        event_hash(replace(LINK, algorithm="md5"))


def test_moment_is_the_same_string_for_the_same_moment_in_any_zone():
    utc = datetime(2026, 11, 20, 1, 0, 2, 30_999, tzinfo=UTC)
    shanghai = utc.astimezone(timezone(timedelta(hours=8)))

    assert moment(utc) == moment(shanghai) == "2026-11-20T01:00:02.030+00:00"


def test_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        moment(datetime(2026, 11, 20))  # noqa: DTZ001 - that is what is refused


def test_chain_is_named_by_kind_and_id():
    assert [
        str(chain.skill_chain(3)),
        str(chain.competition_chain(4)),
        str(chain.bureau_chain(5)),
        str(chain.installation_chain()),
    ] == ["skill:3", "competition:4", "bureau:5", "installation:1"]


def test_chain_about_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="person"):
        ChainRef("person", "1")
