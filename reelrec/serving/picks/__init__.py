"""What a list is made of: predictions, which films may appear, their order, their reasons, its file."""
