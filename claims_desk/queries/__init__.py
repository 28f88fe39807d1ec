"""Reads: plain functions, session in, frozen rows out."""
