"""The parts of the Letterboxd page."""
