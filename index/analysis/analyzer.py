"""Thin Whoosh analyzers around the tokenizer and the stemmer.

They hold no state: an index stores them as a name and a version, and an index of another version
is refused before anything is searched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from whoosh.analysis import Analyzer, Token

from index.analysis.stemmer import stem
from index.analysis.tokenizer import fold, spans, surfaces

ANALYZER_VERSION = "snowball-1"
"""Changes whenever the same text may give other terms."""


class _TermAnalyzer(Analyzer):  # type: ignore[misc]
    """Yields one Whoosh token a position; subclasses say how a surface form becomes the term."""

    version = ANALYZER_VERSION

    def __getstate__(self) -> dict[str, str]:
        return {"version": self.version}

    def __setstate__(self, state: dict[str, str]) -> None:
        self.version = state["version"]

    def term(self, surface: str) -> str:
        raise NotImplementedError

    def __call__(  # noqa: PLR0917 - Whoosh's signature
        self,
        value: str,
        positions: bool = False,
        chars: bool = False,
        keeporiginal: bool = False,
        removestops: bool = True,  # noqa: ARG002
        start_pos: int = 0,
        start_char: int = 0,
        mode: str = "",
        **kwargs: Any,
    ) -> Iterator[Token]:
        token = Token(positions, chars, removestops=False, mode=mode, **kwargs)
        term: Callable[[str], str] = self.term
        where = spans(value) if chars else None
        for index, surface in enumerate(surfaces(value)):
            token.text = term(surface)
            token.boost = 1.0
            token.stopped = False
            if keeporiginal:
                token.original = surface
            if positions:
                token.pos = start_pos + index
            if where is not None:
                token.startchar = start_char + where[index][0]
                token.endchar = start_char + where[index][1]
            yield token


class StemAnalyzer(_TermAnalyzer):
    """Terms are stems."""

    def term(self, surface: str) -> str:
        return stem(surface)


class ExactAnalyzer(_TermAnalyzer):
    """Terms are surface forms."""

    def term(self, surface: str) -> str:
        return surface


class FoldedAnalyzer(_TermAnalyzer):
    """The whole value is one term, case-folded: for sources, categories, places and authors."""

    def __call__(self, value: str, **kwargs: Any) -> Iterator[Token]:  # type: ignore[override]
        token = Token(
            positions=bool(kwargs.get("positions")),
            chars=bool(kwargs.get("chars")),
            removestops=False,
            mode=kwargs.get("mode", ""),
        )
        token.text = fold_value(value)
        token.boost = 1.0
        token.stopped = False
        token.pos = kwargs.get("start_pos", 0)
        token.startchar = kwargs.get("start_char", 0)
        token.endchar = token.startchar + len(value)
        yield token


def fold_value(value: str) -> str:
    """A facet value as it is compared: folded, white space collapsed."""
    return " ".join(fold(value).split())
