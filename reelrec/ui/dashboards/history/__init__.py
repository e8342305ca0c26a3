"""What ReelRec grew from, repeated: the notebook, and the talk's DeepFM and GPT-2."""
