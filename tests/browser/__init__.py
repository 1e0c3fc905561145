"""The real site in a real browser: what only the two together can show."""
