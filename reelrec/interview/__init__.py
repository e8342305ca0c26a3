"""Which films to ask a newcomer about."""
