"""A list of another body held against our facts: match, conflict, missing, both ways."""
