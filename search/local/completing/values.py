"""Values of facets that complete what was typed behind a field's name."""

from __future__ import annotations

from index.patterns import on_use
from search.budget import VALUE, Budget
from search.local.completing.typed import BegunValue
from search.local.reading.snapshot import Snapshot
from search.query.facet_query import WHOLE
from search.response import Suggestion, SuggestionKind

_BARE = on_use(r"\w+(?:[.&'-]\w+)*")
_QUOTES = on_use('["\u201c\u201d\u201e\u201f\u00ab\u00bb\u301d\u301e]')


def values(
    snapshot: Snapshot, typed: str, begun: BegunValue, limit: int, budget: Budget
) -> list[Suggestion]:
    """The values with words that begin as typed, the commonest first, written as they are meant.

    As a whole where the value's words stand for others too. Raises ``FileDamaged``.
    """
    column = snapshot.columns.facets[begun.facet]
    budget.work += VALUE * len(column.values)
    before = typed[: begun.start]
    found: list[Suggestion] = []
    for number in column.known.begun(begun.text):
        if len(found) >= limit or budget.spent():
            break
        value = column.values[number]
        if _QUOTES.search(value):
            continue
        budget.work += VALUE * len(column.values)
        alone = begun.whole or column.known.part(value).numbers == (number,)
        if not alone and not before.endswith(":"):
            continue
        written = value if _BARE.fullmatch(value) else f'"{value}"'
        text = f"{before}{'' if alone else WHOLE}{written}"
        found.append(Suggestion(text, column.counts[number], SuggestionKind.VALUE))
    return found
