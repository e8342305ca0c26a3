"""Films and ratings: the catalogue and its titles, data sets, one user's history, the rating scale, user roles."""
