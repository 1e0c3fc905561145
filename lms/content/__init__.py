"""Courses, editions, blocks: source documents read into immutable, checked objects."""
