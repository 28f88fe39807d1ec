"""Deeds: one use case, one transaction, one audit trail. The only way to write."""
