"""The API: the same code as the pages, printed as JSON. Stable: keys may come, none go."""
