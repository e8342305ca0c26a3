"""The only code that reads raw files or the network."""
