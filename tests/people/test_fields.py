"""Encrypted columns and blind indexes."""

import pytest
from django.core.exceptions import FieldError
from django.db import connection
from django.test import override_settings

from people.fields import UnreadableValue, blind_index, decrypt, encrypt
from people.models import Person
from tests.factories import make_person

OLD, NEW = {"k1": b"1" * 32}, {"k2": b"2" * 32, "k1": b"1" * 32}


def test_a_value_names_its_key_and_reads_back():
    with override_settings(FIELD_KEYS=OLD):
        stored = encrypt("11010519491231002X")

        assert stored.startswith("k1:")
        assert "11010519491231002X" not in stored
        assert decrypt(stored) == "11010519491231002X"
        assert encrypt("11010519491231002X") != stored


def test_rotation_writes_with_the_first_key_and_reads_with_all():
    with override_settings(FIELD_KEYS=OLD):
        old = encrypt("text")
    with override_settings(FIELD_KEYS=NEW):
        assert decrypt(old) == "text"
        assert encrypt("text").startswith("k2:")


def test_an_altered_value_and_a_missing_key_are_said_so():
    with override_settings(FIELD_KEYS=NEW):
        stored = encrypt("text")
        with pytest.raises(UnreadableValue, match="altered"):
            decrypt("k1:" + stored.removeprefix("k2:"))
    with override_settings(FIELD_KEYS=OLD), pytest.raises(UnreadableValue, match="k2"):
        decrypt(stored)


def test_blind_index_separates_purposes_and_leaves_nothing_empty():
    with override_settings(BLIND_INDEX_KEY=b"key"):
        assert blind_index("identity:a", "1") == blind_index("identity:a", "1")
        assert blind_index("identity:a", "1") != blind_index("identity:b", "1")
        assert blind_index("ab", "c") != blind_index("a", "bc")
        assert blind_index("identity:a", "") == ""


@pytest.mark.django_db
def test_the_column_holds_no_plain_text_and_refuses_look_ups():
    person = make_person(phone="13812345678")

    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM people_person WHERE id = %s", [person.pk])
        stored = cursor.fetchone()[0]
    assert "13812345678" not in stored
    assert Person.objects.get(pk=person.pk).phone == "13812345678"
    with pytest.raises(FieldError, match="blind index"):
        Person.objects.filter(phone="13812345678").exists()
