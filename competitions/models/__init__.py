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
from competitions.models.parties import DeclaredTie, EntryExpert

__all__ = [
    "Appeal",
    "Appointment",
    "Competition",
    "DeclaredTie",
    "Delegation",
    "Draw",
    "Entry",
    "EntryCoach",
    "EntryExpert",
    "EntryMember",
    "Host",
    "Objection",
    "PublicNotice",
    "Ruling",
    "Series",
    "Skill",
]
