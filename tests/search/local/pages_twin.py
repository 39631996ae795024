"""What a typed text finds and with which scores, both stages of ranking, an article at a time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import log

from whoosh import query as whoosh_query

from search.local.scoring.ranking import Features, Ranking
from search.query.question_words import Asks, answer_words
from search.query.syntax.boolean import AllOf, AnyOf, Exclude, Synonyms, relaxed, spared
from search.query.syntax.filters import DateRange, FacetIs
from search.query.syntax.node import Node
from search.query.syntax.pattern import Prefix
from search.query.syntax.phrase import Phrase
from search.query.syntax.word import Word
from tests.search.local.asking import compiled, reading
from tests.search.local.twin import Twin


@dataclass(frozen=True)
class Meant:
    """The scores of the articles that a typed text finds; which have all words, and which lead."""

    scores: dict[int, float]
    complete: set[int]
    leading: set[int]


def meant(twin: Twin, live: Sequence[int], text: str, ranking: Ranking) -> Meant:
    """What a typed text finds."""
    read = reading(text)
    root, kind = read.root, read.kind
    if root is None:
        return Meant({}, set(), set())
    found, complete = _first_stage(twin, live, root)
    first = kind is None and len(spared(root)) <= ranking.complete_first
    leading = complete if first else set()
    best = sorted(found, key=lambda number: order(twin, number, found[number], leading))
    candidates = best[: ranking.features.candidates]
    for number in candidates:
        gain = sum(of_pairs(twin, root, kind, ranking.features, number).values())
        found[number] += gain + of_answers(twin, kind, ranking.features, number)
    words = [compiled(one) for one in _scoring(root) if isinstance(one, Word)]
    if len(words) == len(_scoring(root)) > 1 and ranking.features.alike:
        shares = {
            number: [twin.score(one, number) or 0.0 for one in words] for number in candidates
        }
        lifted = {
            number: max(
                found[other]
                for other in candidates
                if _alike(shares[number], shares[other], ranking.features.alike)
            )
            for number in candidates
        }
        found.update(lifted)
    return Meant(found, complete, leading)


def _scoring(node: Node) -> list[Node]:
    """The leaves that add to scores; a phrase of one word is a word."""
    match node:
        case AllOf(nodes) | AnyOf(nodes):
            return [leaf for child in nodes for leaf in _scoring(child)]
        case FacetIs() | DateRange() | Exclude():
            return []
        case _:
            return [node]


def _alike(one: list[float], other: list[float], tolerance: float) -> bool:
    return all(
        abs(first - second) <= tolerance * max(first, second)
        for first, second in zip(one, other, strict=True)
    )


def order(
    twin: Twin, number: int, score: float, leading: Collection[int] = ()
) -> tuple[bool, float, float, int]:
    """Those that lead, then by score, then newest, then document number."""
    date = twin.articles[number].date
    return number not in leading, -score, 0.0 if date is None else -date.timestamp(), number


def _first_stage(twin: Twin, live: Sequence[int], root: Node) -> tuple[dict[int, float], set[int]]:
    """The scores of what matches all words or some, and which match all."""

    def scores(query: whoosh_query.Query) -> dict[int, float]:
        found = {number: twin.score(query, number) for number in live}
        return {number: score for number, score in found.items() if score is not None}

    whole, looser = scores(compiled(root)), relaxed(root)
    some = {} if looser is None else scores(compiled(looser))
    return some | whole, set(whole)


def of_pairs(
    twin: Twin, root: Node, kind: Asks | None, features: Features, number: int
) -> dict[tuple[str, str], float]:
    """What each pair of neighbours gives an article."""
    if kind is not None or not isinstance(root, AllOf):
        return {}
    opening = twin.fields[number]["body"][:64]
    found: dict[tuple[str, str], float] = {}
    before: tuple[int, str] | None = None
    standing = [
        node
        for node in root.nodes
        if not _stands_nowhere(node)
        for _ in (node.surfaces if isinstance(node, Phrase) else "1")
    ]
    for at, node in enumerate(standing):
        word = node.written if isinstance(node, Synonyms) else node
        if not isinstance(word, Word) or word.optional or word.scope == "title":
            continue
        if before is not None and before[1] != word.stem:
            then, first = before
            step = at - then
            if any(
                one == first and place + step < len(opening) and opening[place + step] == word.stem
                for place, one in enumerate(opening)
            ):
                gain = features.pairs * (_idf(twin, first) + _idf(twin, word.stem)) / 2
                found[first, word.stem] = found.get((first, word.stem), 0.0) + gain
        before = at, word.stem
    return found


def _stands_nowhere(node: Node) -> bool:
    return isinstance(node, FacetIs | DateRange | Exclude) or (
        isinstance(node, Word | Phrase | Prefix) and node.scope == "title"
    )


def of_answers(twin: Twin, kind: Asks | None, features: Features, number: int) -> float:
    """What the words beside answers give an article."""
    if kind is None:
        return 0.0
    there = set(twin.fields[number]["body_exact"])
    return features.answers * len(there & set(answer_words(kind)))


def _idf(twin: Twin, stem: str) -> float:
    having, _ = twin.statistics("body", stem)
    return log(1 + (len(twin.articles) - having + 0.5) / (having + 0.5))
