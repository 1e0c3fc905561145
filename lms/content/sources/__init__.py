"""What an author wrote, with the place of every value, and what is wrong with it."""
