"""The tables of the first migration, frozen as they were: models move on, a migration never does."""
