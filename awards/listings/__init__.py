"""The lists a bureau takes away: what each is called, what stands in its columns."""
