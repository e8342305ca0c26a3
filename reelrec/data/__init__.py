"""Films, their catalogue, one user's history and the rating scale; titles and the ratings of many users."""
