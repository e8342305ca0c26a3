"""The drawings of the posters."""
