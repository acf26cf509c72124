"""What a log line may hold: no identity number, telephone number or bank card.

The filter is a net below the rule that personal data is never logged; it also covers
what libraries write.
"""

import logging
import re
from typing import Any

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
LONG_NUMBER = re.compile(r"(?<![\w.-])\d{10,18}[\dXx]?(?![\w-]|\.\d)")


class Mask(logging.Filter):
    """Replace the middle of every long number in a finished message."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        masked = LONG_NUMBER.sub(_masked, message)
        if masked != message:
            record.msg, record.args = masked, None
        return True


class Line(logging.Formatter):
    """A record as text; an error's own words are masked like the message."""

    def format(self, record: logging.LogRecord) -> str:
        return LONG_NUMBER.sub(_masked, super().format(record))


def _masked(match: re.Match[str]) -> str:
    number = match.group()
    return f"{number[:2]}{'*' * (len(number) - 4)}{number[-2:]}"


def to_stderr(level: str) -> dict[str, Any]:
    """The logging of every process: one stream, masked, from ``level`` on."""
    line = "%(asctime)s %(levelname)s %(name)s %(message)s"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"masked": {"()": Mask}},
        "formatters": {"line": {"()": Line, "fmt": line}},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "line",
                "filters": ["masked"],
            }
        },
        "root": {"handlers": ["stderr"], "level": level},
    }
