"""Why a film gets its stars and its place, where each of the visitor's films can be told not to count."""
