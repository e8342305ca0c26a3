"""The notebook this project grew from, repeated."""
