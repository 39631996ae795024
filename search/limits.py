"""What a request may ask for at the most, and what each step of its answer may cost."""

from __future__ import annotations

from search.budget import Work

MAX_QUERY_CHARACTERS = 500
"""A longer query is refused."""

MAX_PER_PAGE = 100
"""The most hits one page may hold."""

MAX_DEPTH = 10_000
"""The deepest hit that page numbers reach; a cursor reaches all of them."""

MAX_EXPORTED = 10_000
"""The most hits that are given in one piece, without pages."""

SHORTEST_RECENCY = 0.001
"""The shortest half-life in days with which the arithmetic of ages does not overflow."""

LONGEST_RECENCY = 1_000_000
"""The longest half-life in days that still tells ages apart."""

FACET_VALUES = 20
"""How many values of a facet an answer has, unless it is asked for more."""

MAX_FACET_VALUES = 1_000
"""The most values of a facet that one answer has; ``facet_offset`` reaches all."""

MAX_FACET_OFFSET = 100_000_000
"""More values than articles of any index have."""

MARKED_CHARACTERS = 1 << 16
"""As much of a text is analysed for lists of hits and similar articles; no news is longer.

Of it snippets look at the first matches, see ``search.marking.marks``, whichever ends first.
"""

LONGEST_CHUNK = 4_096
"""No longer chunk is looked into to mark it, in characters; nobody reads one as a word."""

BUDGET_MS = 2_000
"""How much processor time answering a request may take unless it says otherwise.

As long again a cluster is waited for, by the clock on the wall (``search.opensearch.waiting``).
"""


CORRECTING = Work(1_500_000, 15)
"""Finding what unknown words stand for, and which words are written together or apart."""

HOLDING = Work(2_000_000, 30)
"""Finding the articles that have a query as it was typed."""

SUGGESTING = Work(1_000_000, 8)
"""Finding another spelling to offer."""

NAMING = Work(3_000_000, 2)
"""Naming the values of facets that are nearest to those that no article has.

As much again: naming the words that only deleted articles have, where nothing is found.
"""

COMPLETING = Work(10_000_000, 20)
"""Finding what completes a word."""

ASKING = Work(400_000, 12)
"""Asking which of the completions behind signs find something, all of them together."""

LEADING = Work(1_500_000, 12)
"""Asking whether offers lead to articles, all those of an answer together."""

FINDING = Work(5_500_000, 120)
"""Finding what matches."""

PAGE = Work(16_000_000, 20)
"""The second stage, and the hits of a page: marked, explained, told what they lack."""
