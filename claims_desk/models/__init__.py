"""The tables, the database they live in and the ids they are known by."""
