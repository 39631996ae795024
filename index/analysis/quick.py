"""The analysis that answers questions: the kernel is asked first, the rules for what it leaves."""

from __future__ import annotations

from collections.abc import Sequence

from index.analysis.text import TextAnalysis
from index.analysis.user_words import NO_WORDS, UserWords

_KEPT = 4


class QuickAnalysis(TextAnalysis):
    """Gives what ``TextAnalysis`` gives, and sooner. Safe under threads and fork.

    ``rules``: the kernel's ``Stems``; None without it, and until a word comes that no list tells.
    """

    def prepare(self) -> None:
        """Make the kernel ready at once: a server does before it forks."""
        if self.compiled is not None:
            self.rules = self.compiled.stems

    def terms(self, chunk: str) -> Sequence[tuple[str, str]]:
        if self.rules is not None and not (chunk.isalpha() and chunk.isascii()):
            found: Sequence[tuple[str, str]] | None
            found = self.compiled.terms(chunk.encode("utf-8", "surrogatepass"))
            if found is not None:
                return found
        return super().terms(chunk)

    def stem_anew(self, word: str) -> str:
        if self.rules is None and not self.is_listed(word):
            self.prepare()
        known: str | None = None if self.rules is None else self.rules.of(word)
        return super().stem_anew(word) if known is None else known


_made: dict[str, QuickAnalysis] = {}


def analysis(words: UserWords = NO_WORDS) -> QuickAnalysis:
    """The analysis with these words: one for each words in a process, the last few kept."""
    made = _made.get(words.digest)
    if made is None:
        while len(_made) >= _KEPT:
            _made.pop(next(iter(_made)), None)
        made = _made[words.digest] = QuickAnalysis(words)
    return made
