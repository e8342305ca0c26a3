"""What runs in the browser: components, and what all of them share, each beside what speaks with it in Python."""
