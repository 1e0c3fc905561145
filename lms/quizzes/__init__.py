"""Quizzes: attempts in which every answer is kept as it is given, and what they are worth."""
