"""The words for the outcomes of a comparison, in the reader's language."""

from django.utils.translation import gettext as _

from awards.comparing.lines import (
    CONFLICT,
    MATCH,
    MISSING_HERE,
    MISSING_THERE,
    NO_NUMBER,
    OUTCOMES,
    STRANGER,
    UNREAD,
)

TONES = {
    MATCH: "bg-green-lt",
    CONFLICT: "bg-red-lt",
    MISSING_HERE: "bg-yellow-lt",
    MISSING_THERE: "bg-yellow-lt",
}


def outcome_words() -> dict[str, str]:
    """Return the name of each outcome, in the order they are shown."""
    words = {
        CONFLICT: _("不一致"),
        MISSING_HERE: _("名单有，档案缺"),
        MISSING_THERE: _("档案有，名单缺"),
        MATCH: _("一致"),
        STRANGER: _("不在本单位的待遇名单里"),
        NO_NUMBER: _("档案没有证件号码"),
        UNREAD: _("无法读取"),
    }
    return {outcome: words[outcome] for outcome in OUTCOMES}
