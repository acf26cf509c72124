"""Pages of organizers and delegations: access, form or query, action, render."""
