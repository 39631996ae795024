"""The segments of a generation, opened: columns, terms, and cached rows of scores."""
