"""What an integrity record (诚信档案) bars, by its scope (范围).

A record bars what its scope names.  What no rule on file says stays open: whoever asks
then goes on refusing and says so.
"""

from enum import StrEnum


class Activity(StrEnum):
    """What somebody is about to do."""

    TAKING_PART = "taking-part"
    JUDGING = "judging"
    OFFICE = "office"  # another office of a competition: leader, supervisor, display …
    AWARD = "award"  # a title, grade or other entitlement


class Bearing(StrEnum):
    """Whether a record bars an activity; ``OPEN``: no rule on file says."""

    BARS = "bars"
    SPARES = "spares"
    OPEN = "open"


# 技能评价 is not here: the one text on file (a draft) restricts 技能人才评价相关活动
# 按规定 and does not say whether competitions are among them.
_NAMED = {
    "竞赛": {Activity.TAKING_PART},
    "执裁": {Activity.JUDGING},
    "推荐和表彰": {Activity.AWARD},
}
# Scopes so narrow that they say nothing of these activities.
_SPARED = {
    "执裁": {Activity.TAKING_PART, Activity.AWARD},
    "推荐和表彰": {Activity.TAKING_PART, Activity.JUDGING, Activity.OFFICE},
}


def bearing(scope: str, activity: Activity) -> Bearing:
    """Return whether a record of ``scope`` bars ``activity``.

    >>> bearing("执裁", Activity.TAKING_PART), bearing("停赛", Activity.JUDGING)
    (<Bearing.SPARES: 'spares'>, <Bearing.OPEN: 'open'>)
    """
    if activity in _NAMED.get(scope, ()):
        return Bearing.BARS
    return Bearing.SPARES if activity in _SPARED.get(scope, ()) else Bearing.OPEN
