"""Who did what, in order: an append-only, hash-chained record.

An *event* is one fact that was done: its type, the opaque id of who did it, a body in
canonical JSON, and the hash that ties it to the event before it in its *chain*.  There
is a chain per skill, per competition, per bureau and per installation.

No personal data is ever written here: people appear as opaque ids and salted digests.
This app imports nothing of ours and shows no pages; apps above append in the same
transaction as the change itself: no event, no action.
"""
