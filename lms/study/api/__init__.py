"""Courses, classes and progress, for programs."""

from lms.study.api.blueprint import bp
from lms.study.api.classes import classes_of_mine
from lms.study.api.courses import courses

__all__ = ["bp", "classes_of_mine", "courses"]
