"""Letterboxd: the public data set, a member's export, and a member's feed."""
