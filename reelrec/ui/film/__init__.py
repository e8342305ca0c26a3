"""The parts of the Film page."""
