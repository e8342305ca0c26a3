"""Anonymous events of visits, and experiments on them."""
