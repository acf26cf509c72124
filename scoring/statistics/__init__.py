"""How judges mark, described: severity, spread, drift, agreement, effects to look at.

Standard library only, Decimal and Fraction, no database, no clock.  Descriptive: nothing
that computes points, places or awards may import this package (decision 0014).
"""
