"""Ask for a file, approve it, make it, take it away, clear it; each leaves an event.

Every file has a purpose, a number, a digest and its lines in the bureau's chain.  What is
kept is sealed: the file holds what persons' encrypted fields hold.
"""

from awards.actions.exports.asking import (
    APPROVAL_ABOVE,
    Order,
    approve_export,
    decline_export,
    export_at_console,
    is_approver,
    needs_approval,
    remake_export,
    start_export,
)
from awards.actions.exports.making import make_export, run_export
from awards.actions.exports.taking import (
    LINK_MINUTES,
    clear_exports,
    issue_link,
    opened,
    take_by_link,
    take_export,
)

__all__ = [
    "APPROVAL_ABOVE",
    "LINK_MINUTES",
    "Order",
    "approve_export",
    "clear_exports",
    "decline_export",
    "export_at_console",
    "is_approver",
    "issue_link",
    "make_export",
    "needs_approval",
    "opened",
    "remake_export",
    "run_export",
    "start_export",
    "take_by_link",
    "take_export",
]
