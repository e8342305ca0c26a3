"""ReelRec: what to watch next, how sure we are, and why."""

__version__ = "0.5.0"
