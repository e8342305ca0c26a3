"""Ratings of many users: data sets, parts on disk, roles, and the workers that share the users of a training."""
