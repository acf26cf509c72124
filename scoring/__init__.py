"""From a judge's mark to a ranked, published result."""
