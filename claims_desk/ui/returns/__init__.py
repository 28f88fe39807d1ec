"""Monthly returns: which have come, and the form of one."""
