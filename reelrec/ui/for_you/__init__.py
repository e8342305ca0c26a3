"""The parts of the For you page."""
