"""Courses, classes and progress, for programs."""

from lms.study.api.blueprint import bp
from lms.study.api.classes import classes
from lms.study.api.courses import courses

__all__ = ["bp", "classes", "courses"]
