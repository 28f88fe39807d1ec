"""Home: what waits, and how the work has gone."""
