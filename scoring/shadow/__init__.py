"""The second opinion: results computed once more, by other code.

Whole numbers only, the standard library only, written from the rules and not from the
cores: nothing of ``scoring.core`` is imported here (a test sees to it).  The modules
also make up the single file that checks a results bundle without this project.
"""
