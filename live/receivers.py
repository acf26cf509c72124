"""News from scoring, heard after commit: ring, nothing more."""

from collections.abc import Iterable
from typing import Any

from django.dispatch import receiver

from live.groups import bells
from scoring.signals import scoreboard_changed, sheets_changed


@receiver(scoreboard_changed)
def ring_publishers(skill_id: int, **kwargs: Any) -> None:
    bells.ring()


@receiver(sheets_changed)
def nudge_tablets(skill_id: int, sheet_ids: Iterable[int], **kwargs: Any) -> None:
    bells.ring(skill_id, sheet_ids)
