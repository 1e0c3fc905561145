"""Work to be done later, as rows, and Celery that does it."""
