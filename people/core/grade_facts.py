"""A grade as it is about to be recorded: every check of its parts against each other.

One answer for the form, the facts file and the action, so that all three warn and
refuse alike.
"""

from dataclasses import dataclass
from datetime import date

from people.core import grades, occupations
from people.core.findings import Finding, error, warning
from people.core.grades import Grade

DIFFERS = "grade-differs"


@dataclass(frozen=True, slots=True)
class GradeClaim:
    """What is said about a grade; everything but the first two may be empty."""

    occupation_code: str
    grade: Grade
    certificate_number: str = ""
    issued_on: date | None = None
    issuer_kind: str = ""
    dictionary: str = occupations.DICTIONARY


@dataclass(frozen=True, slots=True)
class CheckedGrade:
    """The claim in one spelling, with everything odd about it."""

    occupation_code: str
    occupation_name: str
    certificate_number: str
    issuer_kind: str
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.is_error)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if not each.is_error)


def check(claim: GradeClaim, *, on: date) -> CheckedGrade:
    """Check a claim as of the day ``on``; the number is never made up or repaired."""
    code = occupations.normalize(claim.occupation_code)
    found = list(occupations.check(code, claim.dictionary))
    if claim.issued_on is not None and claim.issued_on > on:
        found.append(
            error(
                "date-in-future", "发证日期在未来", "the date of issue is in the future"
            )
        )
    number, kind = "", claim.issuer_kind
    if claim.certificate_number:
        read = grades.read_certificate_number(claim.certificate_number)
        found += read.findings
        if read.is_valid:
            found += _against(claim, read)
        number, kind = read.text, str(read.issuer_kind or claim.issuer_kind)
    name = occupations.name_of(code, claim.dictionary)
    return CheckedGrade(code, name, number, kind, tuple(found))


def _against(claim: GradeClaim, read: grades.CertificateNumber) -> list[Finding]:
    """What of a number does not fit the rest of the claim."""
    found = []
    if read.grade not in (None, claim.grade):
        found.append(
            error(
                DIFFERS,
                f"证书编号写的等级与{claim.grade.label}不符，请核对。",
                f"the certificate number says another grade than {claim.grade.label}",
            )
        )
    kind = read.issuer_kind
    if kind is not None and claim.issuer_kind not in ("", str(kind)):
        found.append(
            error(
                "issuer-kind-differs",
                f"证书编号首字母为 {kind}，与所填机构类别不符，请核对",
                f"the certificate number begins with {kind}: another kind of issuer",
            )
        )
    if kind is not None and claim.grade is Grade.APPRENTICE:
        found.append(
            error(
                DIFFERS,
                "学徒工没有等级证书编号",
                "an apprentice has no grade certificate number",
            )
        )
    if claim.issued_on and read.year and claim.issued_on.year != read.year:
        found.append(
            warning(
                "certificate-year",
                f"证书编号中的年份为 {read.year}，发证日期为 {claim.issued_on}，请核对",
                f"the number says {read.year}, the date of issue {claim.issued_on}: "
                "please check",
            )
        )
    return found
