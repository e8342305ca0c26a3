"""Films and ratings: the catalogue, its titles, the data set, one person's history."""
