"""Named reads, by topic: schemes, interest, sheets, judging, boards, results."""
