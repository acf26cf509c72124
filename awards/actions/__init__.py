"""Named writes of this app, one module per topic; each appends its ledger event."""
