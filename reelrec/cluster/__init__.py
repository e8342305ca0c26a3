"""Several processes that work together, here or on many machines: Ray starts them, and torch adds up their sums."""
