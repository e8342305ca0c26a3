"""What models cost to train, to ask and to keep."""
