"""The Taste page: what a visitor's ratings say of them."""
