"""What of an article a reader is shown: matches marked, titles cut, the passage that tells most."""

from search.marking.marker import Marker

__all__ = ["Marker"]
