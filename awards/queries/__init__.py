"""Named reads of this app, one module per topic."""

from awards.queries.decided import Evaluation, evaluation_of, is_stale
from awards.queries.desk import decisions_of, lines_of
from awards.queries.documents import (
    document_titles,
    fillings,
    gap_fillings_of,
    own_rulebooks,
    rulebook,
    rulebook_of,
    rulebook_text,
    rulebooks,
)

__all__ = [
    "Evaluation",
    "decisions_of",
    "document_titles",
    "evaluation_of",
    "fillings",
    "gap_fillings_of",
    "is_stale",
    "lines_of",
    "own_rulebooks",
    "rulebook",
    "rulebook_of",
    "rulebook_text",
    "rulebooks",
]
