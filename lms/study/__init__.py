"""Classes, enrolment, lessons read, progress, conditions, completion."""
