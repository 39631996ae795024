"""What every error of this project is: one sentence in English and in Indonesian."""

from __future__ import annotations

from typing import ClassVar

from index.printing import shown


class WartaError(Exception):
    """An error with an English and an Indonesian sentence.

    What they quote may be from anywhere: nothing in them commands a terminal or ends the line.
    """

    status: ClassVar[int] = 1
    """With which a command ends: 1 where its work failed, 2 where it was asked wrongly."""

    def __init__(self, english: str, indonesian: str) -> None:
        super().__init__(shown(english))
        self.english = shown(english)
        self.indonesian = shown(indonesian)
