"""Measures how fast the pages are and how many bytes they cost: `make bench`."""
