"""What the app asks about a visitor's taste, over the catalogue and the models that this process has loaded."""
