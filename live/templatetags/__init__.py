"""Template filters of boards."""
