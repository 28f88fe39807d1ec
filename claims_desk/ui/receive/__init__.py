"""Receive: paper bundles as they come in, tied to their totals until they are closed."""
