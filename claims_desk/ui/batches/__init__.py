"""Batches: what is put up for approval, and who decides it."""
