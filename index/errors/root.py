"""What every error of this project is: one sentence in English and in Indonesian."""

from __future__ import annotations

from index.printing import shown


class WartaError(Exception):
    """An error with an English and an Indonesian sentence.

    What they quote may be from anywhere: nothing in them commands a terminal or ends the line.
    """

    def __init__(self, english: str, indonesian: str) -> None:
        super().__init__(shown(english))
        self.english = shown(english)
        self.indonesian = shown(indonesian)
