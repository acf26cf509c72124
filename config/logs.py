"""What a log line may hold: no identity number, telephone number or bank card.

The filter is a net below the rule that personal data is never logged; it also covers
what libraries write.
"""

import logging
import re

LONG_NUMBER = re.compile(r"(?<![\w.-])\d{10,18}[\dXx]?(?![\w-]|\.\d)")


class Mask(logging.Filter):
    """Replace the middle of every long number in a finished message."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        masked = LONG_NUMBER.sub(_masked, message)
        if masked != message:
            record.msg, record.args = masked, None
        return True


def _masked(match: re.Match[str]) -> str:
    number = match.group()
    return f"{number[:2]}{'*' * (len(number) - 4)}{number[-2:]}"
