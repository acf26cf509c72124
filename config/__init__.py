"""Wiring only: settings, addresses, entry points.  No behaviour lives here.

``config`` may import every app; no app imports ``config``.
"""
