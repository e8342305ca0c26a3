"""The Lists page: the watchlist, best first, and the list of the visitor's own."""
