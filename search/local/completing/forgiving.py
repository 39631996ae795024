"""One typo forgiven in what was typed: in the word that is begun, or in one before it.

An edit is a letter inserted, deleted or substituted, or two neighbours transposed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from search.budget import EXPANDED, SHAPE, TERM, Budget
from search.local.completing.following import TITLES
from search.local.reading.snapshot import Snapshot
from search.local.reading.vocabulary import is_plain

SHORTEST_BEGINNING = 3
"""A shorter beginning is one of too many words."""
SHORTEST_WORD = 4
_MOST_WORDS = 6


def nearly_beginning(words: Iterable[str], beginning: str, budget: Budget) -> list[str]:
    """Those of the words of which some beginning is one edit away from ``beginning``, in order."""
    if len(beginning) < SHORTEST_BEGINNING or not is_plain(beginning):
        return []
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    size = len(beginning)
    heads: dict[str, list[str]] = {}
    order = {}
    for at, word in enumerate(words):
        order[word] = at
        for length in range(size - 1, size + 2):
            if length <= len(word):
                heads.setdefault(word[:length], []).append(word)
    budget.work += SHAPE * len(heads)
    near = process.extract_iter(beginning, heads.keys(), scorer=OSA.distance, score_cutoff=1)
    found = {word for head, _, _ in near for word in heads[head]}
    return sorted(found, key=order.__getitem__)


def mended(snapshot: Snapshot, words: Sequence[str], budget: Budget) -> Iterator[tuple[int, str]]:
    """Words that may be meant in the place of one of ``words``: its number and the other word.

    Of one place the commonest first. Raises ``FileDamaged``.
    """
    for at in range(len(words) - 1, -1, -1):
        word = words[at]
        if len(word) < SHORTEST_WORD or not is_plain(word):
            continue
        near = snapshot.dictionary.vocabulary.near(TITLES, word, (1,), budget) or ()
        others = sorted(
            (one for one in near if one.distance), key=lambda one: (-one.articles, one.word)
        )
        for one in others[:_MOST_WORDS]:
            yield at, one.word


def beginning_alike(snapshot: Snapshot, beginning: str, budget: Budget) -> list[str]:
    """The words of titles that begin with its first letters or these swapped, commonest first."""
    found: Counter[str] = Counter()
    heads = {beginning[:2], beginning[1:2] + beginning[:1]}
    if len(beginning) < SHORTEST_BEGINNING:
        return []
    for segment in snapshot.segments:
        index = segment.fields.get(TITLES)
        if index is None:
            continue
        for head in heads:
            first, last = index.with_prefix(head.encode("utf-8", "surrogatepass"))
            budget.work += TERM + EXPANDED * (last - first)
            counts = index.document_frequencies(first, last).tolist()
            for text, count in zip(index.texts(first, last), counts, strict=True):
                found[text.decode("utf-8", "surrogatepass")] += count
    return sorted(found, key=lambda word: (-found[word], word))
