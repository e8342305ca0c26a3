"""A visitor: the profile, the link and the file that keep it, and the ways it comes in."""
