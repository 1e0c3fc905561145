"""Running it: start everything, watch it, measure it, stop it."""
