"""What a check found: a code, how serious it is, and a sentence in two languages."""

from dataclasses import dataclass

ERROR = "error"
WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check found; ``message`` is Chinese, then English after " / "."""

    code: str
    severity: str
    message: str

    @property
    def is_error(self) -> bool:
        return self.severity == ERROR


def error(code: str, chinese: str, english: str) -> Finding:
    """Return a finding that makes the value unusable."""
    return Finding(code, ERROR, f"{chinese} / {english}")


def warning(code: str, chinese: str, english: str) -> Finding:
    """Return a finding that asks for a look but refuses nothing."""
    return Finding(code, WARNING, f"{chinese} / {english}")
