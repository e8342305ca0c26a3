"""Networks that correct the predictions of `bmf`: DeepFM and the GPT-style rater."""
