"""Which films to ask about, and whether reinforcement learning helps."""
