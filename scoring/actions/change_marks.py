"""What follows when an approved value arrives: signatures void, results provisional.

Called by ``enter_marks`` in its transaction, for marks that came through an opened cell
only.  Callers hold the lock of the skill's chain and save the sheets.
"""

from collections.abc import Sequence
from datetime import datetime

from competitions.models import Skill
from ledger.models import Event
from people.models import User
from scoring.actions.changes import note_change
from scoring.actions.mark_desk import CheckedMark
from scoring.actions.reopening import reopen_results, void_signatures
from scoring.actions.results import refresh_skill
from scoring.models import ChangeRequest, Sheet, Signature, SkillState
from scoring.queries.changes import with_parts


def fulfil_changes(
    skill: Skill,
    state: SkillState,
    marks: Sequence[tuple[CheckedMark, Event]],
    *,
    by: User,
    at: datetime,
) -> None:
    """Draw the consequences of approved marks, each with the event that recorded it.

    The sheet's signatures become void and its version rises; its other cells stay shut.
    Verified results are provisional again.  Totals of the sheets are applied already.
    """
    rows = with_parts(ChangeRequest.objects.defer("evidence")).filter(
        pk__in=[mark.change for mark, _event in marks]
    )
    changes = {row.pk: row for row in rows}
    sheets = {mark.sheet.pk: mark.sheet for mark, _event in marks}
    voided = {pk: _standing(sheet) for pk, sheet in sheets.items()}
    cause = ",".join(f"change:{pk}" for pk in sorted(changes))
    was = str(state.state)
    done = set(changes)
    still_open = {
        pk: [cell for cell in sheet.unlocked if cell["change"] not in done]
        for pk, sheet in sheets.items()
    }
    void_signatures(
        skill, list(sheets.values()), cause=cause, by=by, at=at, keeps_seats=True
    )
    for pk, sheet in sheets.items():
        sheet.is_guarded, sheet.unlocked = True, still_open[pk]
    reopened = reopen_results(skill, state, cause=cause, by=by, at=at)
    for mark, event in marks:
        change = changes[mark.change or 0]
        change.sheet = mark.sheet
        change.done_at = change.closed_at = at
        change.done_by, change.done_seq = by, event.seq
        change.version = mark.sheet.version - 1  # another change may have been faster
        change.reopened = was if reopened else ""
        change.save()
        change.voided.set(voided[mark.sheet.pk])
        body = {
            "version": mark.sheet.version,
            "mark": event.seq,
            "voided": [signature.seq for signature in voided[mark.sheet.pk]],
            "reopened": change.reopened,
        }
        note_change(change, "change-done", body, by=by, at=at)
    if reopened:
        refresh_skill(skill, state, at=at)


def _standing(sheet: Sheet) -> list[Signature]:
    rows = Signature.objects.filter(sheets=sheet, void_at__isnull=True)
    return list(rows.order_by("seq"))
