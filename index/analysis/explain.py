"""How each word of a text is tokenised and stemmed, and by which rule."""

from __future__ import annotations

from dataclasses import dataclass

from index.analysis.stemmer import stem
from index.analysis.tokenizer import spans, surfaces


@dataclass(frozen=True, slots=True)
class TokenAnalysis:
    """One token: its text at ``start`` to ``end`` (characters), position, terms and rule.

    ``rule`` is ``snowball`` where the stemmer changed the surface form, else ``unchanged``.
    """

    text: str
    start: int
    end: int
    position: int
    surface: str
    stem: str
    rule: str


def explain(text: str) -> list[TokenAnalysis]:
    """The analysis of every token of ``text``, in order."""
    analyses = []
    for position, ((start, end), surface) in enumerate(
        zip(spans(text), surfaces(text), strict=True)
    ):
        found = stem(surface)
        rule = "unchanged" if found == surface else "snowball"
        analyses.append(TokenAnalysis(text[start:end], start, end, position, surface, found, rule))
    return analyses
