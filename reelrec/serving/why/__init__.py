"""Why a film gets its stars, and its place in the list."""
