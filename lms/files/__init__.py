"""Bytes by content hash, on disk or S3."""
