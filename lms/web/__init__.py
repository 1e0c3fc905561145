"""The shell that every page shares."""
