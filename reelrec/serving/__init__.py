"""From a profile to a list with stars and reasons, over loaded models."""
