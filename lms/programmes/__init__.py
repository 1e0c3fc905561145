"""Requirements over many courses: tracks of several courses in order."""
