"""Alembic's steps from an empty database to the newest schema; they travel inside the program."""
