"""A visitor's profile: the link and the file that keep it, and where it comes from."""
