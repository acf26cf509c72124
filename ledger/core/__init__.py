"""The pure part of the ledger: how events are tied together, and whether they fit."""
