"""Models that are measured beside ours and do not ship."""
