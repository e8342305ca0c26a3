"""The lists: how good they are, how varied, what the dial costs, and whether they obey the stars."""
