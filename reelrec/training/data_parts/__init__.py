"""Folders of parts: made of ratings that no memory holds at once, or drawn from the shipped Bayesian model."""
