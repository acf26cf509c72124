"""What differs between two release texts of a skill."""

from scoring.core.release_changes import EntryChange, ValueChange, changes


def entry(key, place, award, points="80", standing="ranked"):
    return {
        "entry": key,
        "standing": standing,
        "place": place,
        "award": award,
        "points": points,
        "scale_score": None,
    }


def test_equal_texts_have_no_changes():
    text = {"entries": [entry(1, 1, "金牌"), entry(2, None, "", "", "absent")]}
    assert changes(text, text) == ()


def test_every_changed_value_is_named_in_the_order_of_the_new_text():
    before = {
        "entries": [entry(1, 1, "金牌"), entry(2, 2, "银牌"), entry(3, 3, "铜牌")]
    }
    after = {
        "entries": [
            entry(2, 1, "金牌", "90"),
            entry(1, 2, "银牌"),
            entry(4, 3, "铜牌"),
        ]
    }
    assert changes(before, after) == (
        EntryChange(
            2,
            (
                ValueChange("place", "2", "1"),
                ValueChange("award", "银牌", "金牌"),
                ValueChange("points", "80", "90"),
            ),
        ),
        EntryChange(
            1, (ValueChange("place", "1", "2"), ValueChange("award", "金牌", "银牌"))
        ),
        EntryChange(
            4,
            (
                ValueChange("listed", "", "yes"),
                ValueChange("standing", "", "ranked"),
                ValueChange("place", "", "3"),
                ValueChange("award", "", "铜牌"),
                ValueChange("points", "", "80"),
            ),
        ),
        EntryChange(
            3,
            (
                ValueChange("listed", "yes", ""),
                ValueChange("standing", "ranked", ""),
                ValueChange("place", "3", ""),
                ValueChange("award", "铜牌", ""),
                ValueChange("points", "80", ""),
            ),
        ),
    )
