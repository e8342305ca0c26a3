"""Letterboxd: the public files, a member's export, and a member's feed."""
