"""News from scoring, heard after commit: ring, nothing more."""

from typing import Any

from django.dispatch import receiver

from live import groups, protocol
from scoring.signals import scoreboard_changed, sheets_changed


@receiver(scoreboard_changed)
def ring_publishers(skill_id: int, **kwargs: Any) -> None:
    groups.ring(groups.DOORBELL, {"type": groups.CHANGED})


@receiver(sheets_changed)
def nudge_tablets(skill_id: int, sheet_ids: list[int], **kwargs: Any) -> None:
    message = protocol.nudge(skill_id, list(sheet_ids))
    groups.ring(
        groups.judges_of(skill_id),
        {"type": "sheets.changed", "text": protocol.encode(message)},
    )
