"""Long work with progress: a heartbeat, a reaper, a result file.

A *job* is a piece of work that outlives a request.  Its row says what it is and how it
ended; its progress and heartbeat stand in a small file, so that they never wait for the
lock that the work itself may hold.  The owner is an opaque id.  This app imports nothing
of ours and shows no pages.
"""
