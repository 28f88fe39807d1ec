"""Review: what stopped, why, and who decides it."""
