"""One step of the schema a file, named by its day."""
