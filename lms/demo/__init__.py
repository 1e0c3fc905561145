"""People, places and classes to look around with; never in production."""
