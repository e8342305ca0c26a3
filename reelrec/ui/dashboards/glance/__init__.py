"""The first tab: which list and which stars are best after ten ratings, for anybody to read."""
