"""How a list or a paper becomes a file: rows, cover, masks, makers; nothing is stored."""
