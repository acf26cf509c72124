"""Whole days across apps, as people live them."""
