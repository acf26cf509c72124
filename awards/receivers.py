"""On news from scoring: a published release is followed through."""

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from awards.actions.certificates import withdraw_corrected
from awards.actions.decisions import derive_awards
from scoring.models import Release
from scoring.signals import results_published

SYSTEM = "system:awards"


@receiver(results_published)
def follow_through(sender: Any, *, release_id: int, **_: Any) -> None:
    """Derive what a release entitles to; withdraw certificates it corrects."""
    release = Release.objects.select_related("competition").get(pk=release_id)
    at = timezone.now()
    derive_awards(release, by=SYSTEM, at=at)
    withdraw_corrected(release, by=SYSTEM, at=at)
