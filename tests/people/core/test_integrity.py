"""What a record bars by its scope; what no rule says stays open."""

import pytest

from people.core.integrity import Activity, bearing


@pytest.mark.parametrize(
    ("scope", "found"),
    [
        ("竞赛", ("bars", "open", "open", "open")),
        ("执裁", ("spares", "bars", "open", "spares")),
        ("技能评价", ("open", "open", "open", "open")),
        ("推荐和表彰", ("spares", "spares", "spares", "bars")),
        ("停赛", ("open", "open", "open", "open")),
        ("", ("open", "open", "open", "open")),
    ],
)
def test_a_record_bars_what_its_scope_names(scope, found):
    asked = (
        Activity.TAKING_PART,
        Activity.JUDGING,
        Activity.OFFICE,
        Activity.AWARD,
    )
    assert tuple(bearing(scope, activity) for activity in asked) == found
