"""What a user can put right about people and sign-ins."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from people.core.findings import Finding


class PeopleError(Exception):
    """Something a user can put right; ``code`` names it, the text says how."""

    code = "people"

    def __init__(self, message: str, code: str = "") -> None:
        super().__init__(message)
        self.code = code or self.code
        self.message = message


class PdfUnavailable(PeopleError):
    """The libraries that draw PDFs are missing on this machine."""

    code = "pdf"


class IdentityRefused(PeopleError):
    """An identity document that cannot be right; ``findings`` say why."""

    code = "identity"

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("；".join(finding.message for finding in findings))


class PersonRefused(PeopleError):
    """A person that cannot be registered, changed or merged as asked."""

    code = "person"


class FactRefused(PeopleError):
    """A grade, title or other fact without form or evidence."""

    code = "fact"


class AccountRefused(PeopleError):
    """A sign-in, PIN or role that cannot be given as asked."""

    code = "account"


def needs_identity(name: str) -> PersonRefused:
    """A person needs a document number, or belongs to a published file."""
    return PersonRefused(
        _("%(name)s 没有证件号码，无法登记。请补填证件类型和号码。") % {"name": name},
        "identity-missing",
    )
