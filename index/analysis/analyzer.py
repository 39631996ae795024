"""Whoosh analyzers for stems, surface forms and facet values, over ``TextAnalysis``.

They hold no words and no caches: an index stores them as a name and a version, and an index of
another version is refused before anything is searched. The words that a version names are handed
over by whoever opens the index (``use_words``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from whoosh.analysis import Analyzer
from whoosh.analysis import Token as WhooshToken

from index.analysis.quick import analysis
from index.analysis.text import TextAnalysis, Token
from index.analysis.tokenizer import fold
from index.analysis.user_words import NO_WORDS, UserWords
from index.errors import WordsUnknown

ANALYZER_VERSION = "indonesian-6"
"""Changes whenever the same text may give other terms."""

_known: dict[str, UserWords] = {NO_WORDS.digest: NO_WORDS}


def use_words(words: UserWords) -> None:
    """Make the words known to analyzers that name them by their digest."""
    _known[words.digest] = words


class _TermAnalyzer(Analyzer):  # type: ignore[misc]
    """Yields one Whoosh token a position; subclasses say which of its two terms."""

    def __init__(self, words: str = "") -> None:
        self.version = ANALYZER_VERSION
        self.words = words

    def __getstate__(self) -> dict[str, str]:
        return {"version": self.version, "words": self.words}

    def __setstate__(self, state: dict[str, str]) -> None:
        self.version = state["version"]
        self.words = state.get("words", "")  # none in an older index, which may still be read out

    def analysis(self) -> TextAnalysis:
        """Raises ``WordsUnknown`` where nobody has handed over the words that are named."""
        words = _known.get(self.words)
        if words is None:
            raise WordsUnknown(self.words)
        return analysis(words)

    def term(self, token: Token) -> str:
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
    ) -> Iterator[WhooshToken]:
        token = WhooshToken(positions, chars, removestops=False, mode=mode, **kwargs)
        for position, found in enumerate(self.analysis().tokens(value), start=start_pos):
            token.text = self.term(found)
            token.boost = 1.0
            token.stopped = False
            if keeporiginal:
                token.original = found.surface
            if positions:
                token.pos = position
            if chars:
                token.startchar = start_char + found.start
                token.endchar = start_char + found.end
            yield token


class StemAnalyzer(_TermAnalyzer):
    """Terms are stems."""

    def term(self, token: Token) -> str:
        return token.stem


class ExactAnalyzer(_TermAnalyzer):
    """Terms are surface forms."""

    def term(self, token: Token) -> str:
        return token.surface


class FoldedAnalyzer(Analyzer):  # type: ignore[misc]
    """The whole value is one term, case-folded: for sources, categories, places and authors."""

    def __call__(self, value: str, **kwargs: Any) -> Iterator[WhooshToken]:
        token = WhooshToken(
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
