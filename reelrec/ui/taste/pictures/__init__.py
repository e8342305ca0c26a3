"""The pictures of the first tab of Taste, one module each, and what is said above them."""
