"""Histories of films as other sites than Letterboxd export them, and any table whose columns the visitor names."""
