"""Boards to spectators, nudges to tablets; this app computes nothing."""
