"""Films that nobody has rated: what the facts of a film say about its place among the rated ones."""
