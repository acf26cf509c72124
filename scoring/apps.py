"""The app's label and what it enters into the registers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ScoringConfig(AppConfig):
    name = "scoring"
    verbose_name = _("评分")

    def ready(self) -> None:
        from competitions.register import banners, panels, readiness  # app ready
        from people.register import permissions  # app ready
        from scoring import version_readiness  # app ready
        from scoring.change_readiness import readiness as change_readiness  # app ready
        from scoring.change_readiness import waiting as changes_waiting  # app ready
        from scoring.device_readiness import readiness as device_readiness  # app ready
        from scoring.device_readiness import wall_panels  # app ready
        from scoring.permissions import PERMISSIONS  # app ready
        from scoring.readiness import frozen_banner, progress_panels  # app ready
        from scoring.readiness import readiness as own_readiness  # app ready
        from scoring.register import waiting  # app ready
        from scoring.team_readiness import readiness as team_readiness  # app ready
        from scoring.team_readiness import waiting as teams_waiting  # app ready

        self._listen()
        permissions.add(*PERMISSIONS)
        readiness.add(own_readiness)
        readiness.add(device_readiness)
        readiness.add(change_readiness)
        readiness.add(version_readiness.readiness)
        readiness.add(team_readiness)
        waiting.add("changes", changes_waiting)
        waiting.add("teams", teams_waiting)
        waiting.add("scheme-versions", version_readiness.waiting)
        panels.add(progress_panels)
        panels.add(wall_panels)
        banners.add(frozen_banner)

    def _listen(self) -> None:
        """Hear of changed ties in the apps below."""
        from django.db.models.signals import post_delete, post_save  # app ready

        from competitions.models import DeclaredTie, EntryExpert  # app ready
        from people.models import Person  # app ready
        from scoring import receivers  # app ready

        post_save.connect(receivers.expert_changed, sender=EntryExpert)
        post_delete.connect(receivers.expert_changed, sender=EntryExpert)
        post_save.connect(receivers.tie_changed, sender=DeclaredTie)
        post_save.connect(receivers.person_changed, sender=Person)
