"""Admin and audit: users, backup, the health of the database, and who did what."""
