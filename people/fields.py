"""Encrypted text columns and the keyed hash that finds their values.

A stored value reads ``<key id>:<base64url(nonce + ciphertext)>`` (AES-256-GCM; the key id
is authenticated too).  ``settings.FIELD_KEYS`` maps key ids to 32 bytes, the current key
first, older keys after it so that old values stay readable while rows are rotated.  A
look-up by value is impossible on such a column: search ``blind_index`` columns instead.
"""

import base64
import hashlib
import hmac
import secrets
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import models

NONCE_BYTES = 12


class UnreadableValue(Exception):
    """A stored value whose key is not in ``FIELD_KEYS``, or which was altered."""


def cipher(key_id: str) -> AESGCM:
    """Return the cipher of a key in ``FIELD_KEYS``, or raise UnreadableValue."""
    try:
        return AESGCM(settings.FIELD_KEYS[key_id])
    except KeyError:
        raise UnreadableValue(
            f"no key '{key_id}' in FIELD_KEYS: add the old key after the current one"
        ) from None


def current_key_id() -> str:
    """Return the id of the key that new values are written with."""
    try:
        return next(iter(settings.FIELD_KEYS))
    except StopIteration:
        raise ImproperlyConfigured("FIELD_KEYS is empty") from None


def encrypt(text: str) -> str:
    """Return ``text`` encrypted under the current key, with the key's id in front."""
    key_id = current_key_id()
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = cipher(key_id).encrypt(nonce, text.encode(), key_id.encode())
    return f"{key_id}:{base64.urlsafe_b64encode(nonce + sealed).decode()}"


def decrypt(stored: str) -> str:
    """Return the text of a stored value, whichever listed key wrote it."""
    key_id, _, body = stored.partition(":")
    key = cipher(key_id)
    raw = base64.urlsafe_b64decode(body)
    try:
        plain = key.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], key_id.encode())
    except InvalidTag:
        raise UnreadableValue(f"a value under key '{key_id}' was altered") from None
    return plain.decode()


def blind_index(purpose: str, value: str) -> str:
    """Return the keyed hash under which ``value`` is unique and can be found.

    ``purpose`` separates columns: the same value under two purposes gives two hashes.
    An empty value has no hash.
    """
    if not value:
        return ""
    message = f"{len(purpose)}:{purpose}{value}".encode()
    return hmac.new(settings.BLIND_INDEX_KEY, message, hashlib.sha256).hexdigest()


class EncryptedTextField(models.TextField):
    """Text that only this process can read; empty text is stored as empty text."""

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return encrypt(value) if value else value

    def from_db_value(
        self, value: str | None, expression: object, connection: object
    ) -> str | None:
        return decrypt(value) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name in ("isnull",):
            return super().get_lookup(lookup_name)
        raise FieldError(
            f"{self.name} is encrypted and cannot be searched by '{lookup_name}'; "
            "use its blind index"
        )
