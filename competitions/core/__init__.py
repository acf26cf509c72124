"""Rules of taking part that need no database: draw, eligibility, conflicts, phases.

Standard library and people's core only: no Django, no clock, no randomness (a seed
comes in), no I/O.
"""
