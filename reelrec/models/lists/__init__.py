"""Models that make lists: popularity, EASE, the ranker, the network for short histories, and their blend."""
