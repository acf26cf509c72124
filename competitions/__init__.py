"""Competitions, their skills, and who takes part in them."""
