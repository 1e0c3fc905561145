"""Kinds of activity that need nothing but reading; one folder each."""
