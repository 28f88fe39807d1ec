"""Files that come in: tables of every kind, read with suspicion and refused row by row."""
