"""Bayesian matrix factorisation: the model, its sampler, and the posterior of a user."""
