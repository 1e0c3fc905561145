"""Kinds of activity that are made of questions; one folder each."""
