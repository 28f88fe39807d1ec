"""Verify: forms keyed a second time, blind; what differs, decided by a third person; how everybody keys."""
