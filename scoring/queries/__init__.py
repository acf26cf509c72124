"""Named reads, by topic: schemes, interest, sheets, judging, boards, results."""

from scoring.queries.boards import BoardRow, BoardView, board_view, board_views
from scoring.queries.interest import is_recused, recusals
from scoring.queries.judging import (
    Receipt,
    SheetRow,
    calls_open,
    conflicts_open,
    live_sheets,
    receipt_of,
    sheet_rows,
    waiting_rows,
)
from scoring.queries.rebuilding import differences, rebuild
from scoring.queries.release_text import entry_head, skill_head, skill_text
from scoring.queries.results import (
    current_release,
    prize_scale_of,
    progress_of,
    result_rows,
    result_state_of,
    results_of,
    verification_of,
)
from scoring.queries.schemes import (
    blocking_findings,
    is_competition_level,
    plan_of,
    scheme_of,
    state_of,
)
from scoring.queries.sheets import (
    AspectView,
    MarkView,
    OtherMark,
    SeatView,
    SheetView,
    seats_of,
    sheet_view,
    sheet_views,
    signing_digest,
)

__all__ = [
    "AspectView",
    "BoardRow",
    "BoardView",
    "MarkView",
    "OtherMark",
    "Receipt",
    "SeatView",
    "SheetRow",
    "SheetView",
    "blocking_findings",
    "board_view",
    "board_views",
    "calls_open",
    "conflicts_open",
    "current_release",
    "differences",
    "entry_head",
    "is_competition_level",
    "is_recused",
    "live_sheets",
    "plan_of",
    "prize_scale_of",
    "progress_of",
    "rebuild",
    "receipt_of",
    "recusals",
    "result_rows",
    "result_state_of",
    "results_of",
    "scheme_of",
    "seats_of",
    "sheet_rows",
    "sheet_view",
    "sheet_views",
    "signing_digest",
    "skill_head",
    "skill_text",
    "state_of",
    "verification_of",
    "waiting_rows",
]
