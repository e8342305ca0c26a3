"""Sources: raw files and the network. No other room reads either."""
