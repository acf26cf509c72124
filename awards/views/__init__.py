"""One short function per page: access, form or query, action, render."""
