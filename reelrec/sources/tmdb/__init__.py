"""TMDB: posters and overviews, for display only."""
