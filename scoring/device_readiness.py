"""What tablets mean for a competition's page: unsent marks block, and their wall."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from competitions.enums import Phase
from competitions.models import Competition
from competitions.register import MISSING, Panel, ReadinessItem
from scoring.queries.devices import has_devices, unsent_devices, unsent_words


def readiness(competition: Competition, at: datetime) -> list[ReadinessItem]:
    """One blocker of verification for each skill whose marks still wait on a tablet."""
    if not has_devices(competition):
        return []
    found = []
    for skill in competition.skills.all():
        if waiting := unsent_devices(skill):
            found.append(
                ReadinessItem(
                    code=f"unsent-{skill.pk}",
                    title=_("：").join((skill.name, _("平板上的评分"))),
                    detail=_("%(devices)s。") % {"devices": unsent_words(waiting)},
                    url=reverse("organize_devices", args=[competition.code]),
                    state=MISSING,
                    blocks_phase=Phase.VERIFICATION,
                    app="scoring",
                )
            )
    return found


def wall_panels(competition: Competition) -> list[Panel]:
    """The tablet wall, once there are tablets."""
    if not has_devices(competition):
        return []
    url = reverse("organize_device_wall", args=[competition.code])
    return [Panel(url, _("平板"), position=30)]
