"""Courses, classes and progress, for programs."""
