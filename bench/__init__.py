"""Measurements: each prints a ratio to a floor of the same run, and the machine."""
