"""What frames every page."""
