"""Texts in both languages of the readers, and documents that hold them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from index.light_dataclass import dataclass

Language = Literal["id", "en"]
"""What readers choose from; Indonesian is the default."""


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in English and in Indonesian."""

    english: str
    indonesian: str

    def in_language(self, language: Language) -> str:
        """The words for a reader of the language."""
        return self.indonesian if language == "id" else self.english

    def filled(self, facts: Mapping[str, str]) -> Text:
        """The words with a fact for every ``{name}`` in them."""
        return Text(self.english.format(**facts), self.indonesian.format(**facts))


def listed(texts: Iterable[Text]) -> Text:
    """Three or more texts as one: ``a, b and c``, in Indonesian ``a, b, dan c``."""
    *others, last = texts
    english = ", ".join(text.english for text in others)
    indonesian = ", ".join(text.indonesian for text in others)
    return Text(f"{english} and {last.english}", f"{indonesian}, dan {last.indonesian}")


def localised(document: object, language: Language) -> object:
    """The document, any nesting of mappings and sequences, with its ``Text`` in one language."""
    if isinstance(document, Text):
        return document.in_language(language)
    if isinstance(document, Mapping):
        return {key: localised(value, language) for key, value in document.items()}
    if isinstance(document, Sequence) and not isinstance(document, str):
        return [localised(value, language) for value in document]
    return document
