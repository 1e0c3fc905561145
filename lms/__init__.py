"""Karakoram, a learning platform. Start reading at lms/app.py."""
