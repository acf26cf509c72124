"""What a fact was before, encrypted, and what a person agreed to."""

from django.db import models

from people.fields import EncryptedTextField
from people.models.register import Person


class Change(models.Model):
    """One change to a personal fact, encrypted; the ledger holds only its digest."""

    object_ref = models.CharField(max_length=60, db_index=True)
    field = models.CharField(max_length=60)
    before = EncryptedTextField(blank=True)
    after = EncryptedTextField(blank=True)
    salt = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    retain_until = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.object_ref} {self.field}"


class Consent(models.Model):
    """A person's consent to a version of a notice, or its withdrawal."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=60)
    notice_version = models.CharField(max_length=20)
    given_at = models.DateTimeField()
    channel = models.CharField(max_length=40)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.purpose} {self.notice_version}"
