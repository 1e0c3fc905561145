"""What is asked: question types, how answers become marks, and the store of question sources."""
