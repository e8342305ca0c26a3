"""The talk this project grew from, repeated."""
