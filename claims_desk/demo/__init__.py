"""The demo's world: a province's registers and a quarter's claims as files of the ordinary import."""
