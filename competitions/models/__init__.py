"""Competitions, their skills, who takes part in them, appeals and objections.

Marks, points and places do not belong here.
"""

from competitions.models.appeals import Appeal, Objection, Ruling
from competitions.models.competitions import (
    Appointment,
    Competition,
    Delegation,
    Draw,
    Entry,
    EntryCoach,
    EntryMember,
    Host,
    PublicNotice,
    Series,
    Skill,
)

__all__ = [
    "Appeal",
    "Appointment",
    "Competition",
    "Delegation",
    "Draw",
    "Entry",
    "EntryCoach",
    "EntryMember",
    "Host",
    "Objection",
    "PublicNotice",
    "Ruling",
    "Series",
    "Skill",
]
