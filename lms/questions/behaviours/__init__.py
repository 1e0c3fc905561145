"""One folder for each way of asking: how many tries, what feedback, which response counts."""
