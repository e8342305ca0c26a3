"""Serving: from a profile to a list of films with stars and reasons, over models that are loaded once."""
