"""Films as tiles and posters."""
