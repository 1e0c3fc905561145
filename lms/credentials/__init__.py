"""Proof of what was learned."""
