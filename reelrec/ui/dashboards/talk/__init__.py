"""The talk, repeated: its DeepFM and its GPT-2."""
