"""Runs the broker, the web server, the worker and the clock of one machine as one group."""
