"""Scans on the screen: a page with its zones, the row of pages, the viewer, and what brings files in."""
