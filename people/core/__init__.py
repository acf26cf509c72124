"""Facts about people and places that need no database.

The grade ladder, identity numbers, regions, occupations and the working-day calendar.
Standard library only: no Django, no clock, no I/O.
"""
