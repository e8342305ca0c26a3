"""What a visitor's ratings say of them, and how well the models would have known them."""
