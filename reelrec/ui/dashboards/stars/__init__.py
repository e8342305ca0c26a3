"""The stars that models predict: for new users, asked in other ways, and from the words of a review."""
