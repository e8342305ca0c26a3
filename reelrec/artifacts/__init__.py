"""The store of trained weights and its manifest."""
