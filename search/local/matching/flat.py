"""A query of words as arrays of terms: what a kernel takes in place of Whoosh's query objects."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from whoosh.query import Query

from index.light_dataclass import dataclass
from search.query.word_query import Terms

if TYPE_CHECKING:
    from search.local.reading.made import Ready


@dataclass(frozen=True, slots=True)
class FlatWord:
    """A word: the best of ``ways``, each of which adds up its terms.

    Most words have one way: stem and surface form in title and body. ``query``: where the word is
    anything else (a spelling that is a phrase), whose row the general road finds; None for ways.
    """

    ways: tuple[Terms, ...]
    query: Query | None = None


@dataclass(frozen=True, slots=True)
class FlatQuery:
    """Words that must all match, the same where some suffice, and optional ones.

    ``loose`` is ``words`` but for those that need not match whole there; empty where all must
    match. ``optional`` words only add to the scores of what matches. ``ready``: the same made
    ready for the kernel, where whoever made the query has its words so; they are of one index.
    """

    words: tuple[FlatWord, ...]
    loose: tuple[FlatWord, ...]
    optional: tuple[FlatWord, ...]
    ready: Ready | None = field(default=None, compare=False, repr=False)
