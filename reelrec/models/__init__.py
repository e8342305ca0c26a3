"""One file a model; `base.py` has the protocols, `registry.py` the names."""
