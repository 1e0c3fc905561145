"""What a person may see of classes: as the learner in them, or as somebody who looks after them."""
