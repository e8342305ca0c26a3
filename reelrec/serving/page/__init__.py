"""The rows of the page For you, and the films for tonight: what they are chosen from, and by which rules."""
