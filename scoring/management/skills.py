"""How commands name a skill: its id, its public id, or COMPETITION/NUMBER."""

from competitions.models import Skill


def skill_named(text: str) -> Skill | None:
    """The skill of that name, with its competition, if there is one."""
    code, _, number = text.rpartition("/")
    found = Skill.objects.select_related("competition")
    if code:
        return found.filter(competition__code=code, number=number).first()
    if number.isdigit():
        return found.filter(pk=int(number)).first()
    return found.filter(public_id=number).first()
