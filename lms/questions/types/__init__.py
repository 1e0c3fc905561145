"""One folder for each question type; nothing outside a folder names it."""
