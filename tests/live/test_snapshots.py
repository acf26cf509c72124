"""What an audience's payload may hold, whatever it is given."""

from datetime import UTC, date, datetime

from live import protocol, snapshots
from tests.live.boards import KEY, content, row, view


def test_payload_has_exactly_the_allowed_fields():
    shown = content(row(1, 1, "9.00"))

    assert set(shown) == set(protocol.CONTENT)
    assert [tuple(sorted(each)) for each in shown["rows"]] == [
        tuple(sorted(protocol.ROW))
    ]


def test_entry_ids_never_leave_and_differ_between_audiences():
    public = content(row(17, 1, "9.00"))["rows"][0]["id"]
    organizers = content(row(17, 1, "9.00"), audience="organizers")["rows"][0]["id"]

    assert "17" not in public
    assert public != organizers
    assert public == content(row(17, 3, "2.00"))["rows"][0]["id"]


def test_moving_board_shows_no_award_no_unit_and_no_module_points():
    line = row(
        1,
        1,
        "9.00",
        unit="某公司",
        delegation="成都市",
        award="金牌",
        medal="gold",
        module_points=("3.00",),
    )

    shown = content(line, receipt=(4821, "7f3a0c2b"))

    (only,) = shown["rows"]
    assert (only["unit"], only["delegation"], only["award"]) == ("", "", "")
    assert (only["medal"], only["module_points"], shown["receipt"]) == ("", [], "")


def test_final_board_shows_award_unit_module_points_and_receipt():
    line = row(
        1, 1, "9.00", unit="某公司", award="金牌", medal="gold", module_points=("3.00",)
    )

    shown = content(line, state="final", naming="names", receipt=(4821, "7f3a0c2bffff"))

    (only,) = shown["rows"]
    assert (only["unit"], only["award"], only["medal"]) == ("某公司", "金牌", "gold")
    assert (only["module_points"], shown["receipt"]) == (["3.00"], "#4821 7F3A 0C2B")


def test_progress_only_board_has_no_rows():
    assert content(row(1, 1, "9.00"), naming="progress")["rows"] == []


def test_days_and_moments_become_text():
    shown = content(
        state="public",
        frozen_at=datetime(2026, 5, 12, 2, 32, tzinfo=UTC),
        notice=(date(2026, 5, 15), 5, date(2026, 5, 21)),
    )

    assert shown["starts_on"] == "2026-05-11"
    assert shown["frozen_at"] == "2026-05-12T02:32:00+00:00"
    assert shown["notice"] == {
        "opened_on": "2026-05-15",
        "working_days": 5,
        "ends_on": "2026-05-21",
    }


def test_arrows_compare_with_the_places_before_the_last_change():
    before = snapshots.with_moves(content(row(1, 1, "9.00"), row(2, 2, "8.00")), None)
    swapped = snapshots.with_moves(
        content(row(2, 1, "9.50"), row(1, 2, "9.00")), before
    )
    points_only = snapshots.with_moves(
        content(row(2, 1, "9.75"), row(1, 2, "9.00")), swapped
    )

    def moves(shown):
        return [each["move"] for each in shown["rows"]]

    assert moves(before) == [0, 0]
    assert moves(swapped) == [1, -1]
    assert moves(points_only) == [1, -1]


def test_settled_board_has_no_arrows():
    before = snapshots.with_moves(content(row(1, 1, "9.00"), row(2, 2, "8.00")), None)
    final = content(row(2, 1, "9.00"), row(1, 2, "8.00"), state="final")

    after = snapshots.with_moves(final, before)

    assert [each["move"] for each in after["rows"]] == [0, 0]


def test_row_ids_grow_longer_when_two_meet(monkeypatch):
    monkeypatch.setattr(snapshots, "ID_LENGTHS", (1, 2, 32))
    rows = tuple(row(n, 1, None) for n in range(1, 40))

    ids = [each["id"] for each in content(*rows)["rows"]]

    assert len(set(ids)) == 39
    assert {len(each) for each in ids} == {32}


def test_summary_leaves_rows_out():
    shown = snapshots.content_of(
        view(row(1, 1, "9.00")), board="b", audience="public", key=KEY
    )

    assert snapshots.summary_of(shown) == {
        name: shown[name] for name in snapshots.SUMMARY
    }
    assert "rows" not in snapshots.SUMMARY
