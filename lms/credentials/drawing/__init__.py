"""Draws a certificate: frozen facts in, the bytes of a PDF out; no database, no request, no clock."""
