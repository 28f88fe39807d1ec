"""The commands: thin, each one verb of the services."""
