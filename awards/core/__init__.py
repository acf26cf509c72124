"""What a result entitles a person to, as pure calculation.

Rulebooks come in as text, cases as values, and decisions go out with every condition
that was asked.  Standard library and cores of lower apps only: no clock, no database,
``Decimal`` and ``Fraction`` for every quantity.
"""
