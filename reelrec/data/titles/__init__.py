"""Titles of films: rules that say which mean the same film, search, and series told from titles."""
