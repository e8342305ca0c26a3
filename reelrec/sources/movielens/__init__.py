"""MovieLens files as GroupLens publishes them."""
