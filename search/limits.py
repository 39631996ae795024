"""What a request may ask for at the most."""

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

MAX_FACET_VALUES = 20
"""How many values of a facet are counted out; selected ones are always among them."""

MARKED_CHARACTERS = 1 << 16
"""As much of a text is analysed for lists of hits and similar articles; no news is longer."""

BUDGET_MS = 2_000
"""How long answering a request may take unless it says otherwise."""

PAGE_WORK = 10**12
def finding_work(size: int) -> int:
    return 10**12
