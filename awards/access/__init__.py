"""The only way to get a decision, an entitlement, a paper on behalf of a user.

A bureau sees what belongs to people of its region, and all of an external event it took
in itself; an organizer sees the papers of its own competitions.  Everything else is *not
found*.
"""

from awards.access.answers import (
    answer_file_for,
    answer_files_for,
    comparison_for,
    comparisons_for,
    export_numbered,
    exported_for,
)
from awards.access.documents import (
    edition_document_for,
    edition_documents_for,
    own_competition_for,
    region_to_write,
    version_for,
    versions_for,
    workpiece_for,
    writes_on,
)
from awards.access.exports import (
    export_for,
    export_link_for,
    exports_for,
    takings_for,
)
from awards.access.papers import (
    certificate_for,
    certificate_with_number,
    certificate_with_token,
    certificates_for,
    release_for,
    releases_for,
)
from awards.access.people import (
    TABLES,
    fact_for,
    people_for,
    person_for,
    sanction_for,
    table_row_for,
)
from awards.access.scope import (
    HEAVY,
    Row,
    bureau_of,
    decision_for,
    decisions_for,
    entitlement_for,
    entitlements_for,
    found,
    scope_of,
    successor_of,
)

__all__ = [
    "HEAVY",
    "Row",
    "TABLES",
    "answer_file_for",
    "answer_files_for",
    "bureau_of",
    "certificate_for",
    "certificate_with_number",
    "certificate_with_token",
    "certificates_for",
    "comparison_for",
    "comparisons_for",
    "decision_for",
    "decisions_for",
    "edition_document_for",
    "edition_documents_for",
    "entitlement_for",
    "entitlements_for",
    "export_for",
    "export_link_for",
    "export_numbered",
    "exported_for",
    "exports_for",
    "fact_for",
    "found",
    "own_competition_for",
    "people_for",
    "person_for",
    "region_to_write",
    "release_for",
    "releases_for",
    "sanction_for",
    "scope_of",
    "successor_of",
    "table_row_for",
    "takings_for",
    "version_for",
    "versions_for",
    "workpiece_for",
    "writes_on",
]
