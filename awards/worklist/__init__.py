"""The bureau's work list: filters from the address, choices beside it, groups, lines.

Reads only, and only inside the decisions it is given (access.py scopes them).  The
number of queries does not depend on the number of rows.
"""

from awards.worklist.counts import Counts, counts_of
from awards.worklist.facets import (
    Facet,
    figures,
    frame_facets,
    kind_facets,
    missing_facets,
    names_of,
    unit_facets,
)
from awards.worklist.filters import (
    ALL,
    CHANGED,
    LATE,
    OVERDUE,
    PREVIEWS,
    SOON,
    Filters,
    state_label,
)
from awards.worklist.lines import (
    BY_NAME,
    WorkRow,
    barred,
    group_label,
    group_notes,
    in_groups,
    loaded,
    ordered,
    promising,
    row_of,
)
from awards.worklist.narrowing import (
    CLOSED,
    OPEN_STATES,
    narrowed,
    of_entitlements,
    of_kind,
    resolved,
)

__all__ = [
    "ALL",
    "BY_NAME",
    "CHANGED",
    "CLOSED",
    "LATE",
    "OPEN_STATES",
    "OVERDUE",
    "PREVIEWS",
    "SOON",
    "Counts",
    "Facet",
    "Filters",
    "WorkRow",
    "barred",
    "counts_of",
    "figures",
    "frame_facets",
    "group_label",
    "group_notes",
    "in_groups",
    "kind_facets",
    "loaded",
    "missing_facets",
    "names_of",
    "narrowed",
    "of_entitlements",
    "of_kind",
    "ordered",
    "promising",
    "resolved",
    "row_of",
    "state_label",
    "unit_facets",
]
