"""What a visitor's ratings say beside everybody's, worked out part by part for `visitor/portrait.py`."""
