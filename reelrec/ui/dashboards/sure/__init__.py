"""How sure a model is of its stars, and whether that can be believed."""
