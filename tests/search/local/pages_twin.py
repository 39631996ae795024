"""What a typed text finds and with which scores, both stages of ranking, an article at a time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from math import isclose, log

from whoosh import query as whoosh_query

from index.analysis import analysis
from search.local.scoring.ranking import Features, Ranking
from search.query.question_words import Asks, answer_words
from search.query.rewrite import Interpretation
from search.query.syntax.boolean import AllOf, AnyOf, Exclude, Synonyms, relaxed, spared
from search.query.syntax.filters import DateRange, FacetIs, Undated
from search.query.syntax.node import Node
from search.query.syntax.pattern import Prefix
from search.query.syntax.phrase import Phrase
from search.query.syntax.word import Word
from search.request import Partial
from tests.search.local.asking import compiled, reading
from tests.search.local.twin import Twin


@dataclass(frozen=True)
class Meant:
    """The scores of the articles that a typed text finds; which have all words, and which lead.

    ``tied``: whether the precision of floats says which are candidates of the second stage.
    """

    scores: dict[int, float]
    complete: set[int]
    leading: set[int]
    tied: bool = False


def meant(
    twin: Twin,
    live: Sequence[int],
    text: str,
    ranking: Ranking,
    partial: Partial = Partial.FOLLOW,
) -> Meant:
    """What a typed text finds; of what is left out, the scores are those of the first stage."""
    read = reading(text)
    root, kind = read.root, read.kind
    if root is None:
        return Meant({}, set(), set())
    everything, complete = _first_stage(twin, live, root)
    found = everything
    if partial is Partial.OFF:
        found = {number: everything[number] for number in complete}
    first = kind is None and len(spared(root)) <= ranking.most_lacking
    leading = complete if first else set()
    best = sorted(found, key=lambda number: order(twin, number, found[number], leading))
    count = ranking.features.candidates
    groups = [set(best), *_holdings(twin, live, read, ranking.features)]
    ranked = [[one for one in best if one in group] for group in groups]
    candidates = list(dict.fromkeys(one for some in ranked for one in some[:count]))
    tied = any(_tied(twin, found, some[count - 1 : count + 1]) for some in ranked)
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
    holding = of_holdings(twin, live, read, ranking.features, found, candidates, leading)
    for number, gained in holding.items():
        found[number] += sum(gained.values())
    return Meant(everything | found, complete, leading, tied)


def _tied(twin: Twin, scores: Mapping[int, float], two: Sequence[int]) -> bool:
    """Whether the last candidate and the first that is none are worth the same by other words."""
    if len(two) != 2:
        return False
    one, other = (twin.articles[number] for number in two)
    first, second = (scores[number] for number in two)
    return (one.title, one.body) != (other.title, other.body) and isclose(
        first, second, rel_tol=1e-5
    )


def _scoring(node: Node) -> list[Node]:
    """The leaves that add to scores; a phrase of one word is a word."""
    match node:
        case AllOf(nodes) | AnyOf(nodes):
            return [leaf for child in nodes for leaf in _scoring(child)]
        case FacetIs() | DateRange() | Undated() | Exclude():
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
    return isinstance(node, FacetIs | DateRange | Undated | Exclude) or (
        isinstance(node, Word | Phrase | Prefix) and node.scope == "title"
    )


def of_answers(twin: Twin, kind: Asks | None, features: Features, number: int) -> float:
    """What the words beside answers give an article."""
    if kind is None:
        return 0.0
    there = set(twin.fields[number]["body_exact"])
    return features.answers * len(there & set(answer_words(kind)))


def typed(read: Interpretation) -> list[str]:
    """The words of a query as typed, of one that searches for words in any field only."""
    leaves = [] if read.root is None else _scoring(read.root)
    if not all(isinstance(one, Word | Phrase) and one.scope is None for one in leaves):
        return []
    if any(isinstance(one, AnyOf) for one in _nodes(read.root)):
        return []
    wanted = {
        word
        for one in leaves
        for word in (one.surfaces if isinstance(one, Phrase) else [getattr(one, "surface", "")])
    }
    surfaces = [token.surface for token in analysis().tokens(read.text)]
    return [word for word in surfaces if word in wanted]


def _nodes(node: Node | None) -> list[Node]:
    return [] if node is None else [node, *(one for c in node.children() for one in _nodes(c))]


def _holdings(
    twin: Twin, live: Sequence[int], read: Interpretation, features: Features
) -> list[set[int]]:
    """Groups of articles that have a query as typed, of which each comes before those before it."""
    words = typed(read)
    size = len(words)
    if not size:
        return []

    def at(text: list[str]) -> list[int]:
        return [n for n in range(len(text) - size + 1) if text[n : n + size] == words]

    def linked(text: list[str], n: int) -> bool:
        return text[:n][-1:] == ["baca"] or text[:n][-2:] == ["baca", "juga"]

    def ordered(text: list[str]) -> bool:
        left = iter(text)
        return all(word in left for word in words)

    def having(field: str, test: Callable[[list[str]], bool]) -> set[int]:
        return {number for number in live if test(twin.fields[number][field])}

    bodies, titles = [], []
    if size >= 4:
        bodies = [having("body_exact", lambda text: any(not linked(text, n) for n in at(text)))]
        titles = [having("title_exact", ordered), having("title_exact", lambda t: bool(at(t)))]
    elif size > 1:
        titles = [having("title_exact", lambda text: text[:size] == words)]
    titles.append(having("title_exact", lambda text: text == words))
    if size > 4 and not having("title_exact", lambda text: set(words) <= set(text)):
        titles = [_inside(words, {number: twin.fields[number]["title_exact"] for number in live})]
    titles = [one for number, one in enumerate(titles) if one not in titles[number + 1 :]]
    return (bodies if features.verbatim else []) + (titles if features.headline else [])


def _inside(words: list[str], titles: Mapping[int, list[str]]) -> set[int]:
    """The articles whose headline is cut in the last word, else the longest one in the words."""
    *all_but_last, last = words
    cut = {
        number
        for number, text in titles.items()
        if text[: len(all_but_last)] == all_but_last and any(one.startswith(last) for one in text)
    }
    if cut:
        return cut
    for length in range(len(words) - 1, 3, -1):
        for begin in range(len(words) - length + 1):
            run = words[begin : begin + length]
            found = {number for number, text in titles.items() if text == run}
            if found and 2 * length >= len(words):
                return found
    return set()


def of_holdings(  # noqa: PLR0917 - what a gain depends on
    twin: Twin,
    live: Sequence[int],
    read: Interpretation,
    features: Features,
    scores: Mapping[int, float],
    candidates: Sequence[int],
    leading: Collection[int],
) -> dict[int, dict[str, float]]:
    """What candidates with such scores gain by having the query as typed, by feature."""
    gained: dict[int, dict[str, float]] = {number: {} for number in candidates}
    reached = dict(scores)
    groups = _holdings(twin, live, read, features)
    for place, group in enumerate(groups):
        verbatim = place == 0 and features.verbatim and len(typed(read)) >= 4
        name, part = (
            ("verbatim", features.verbatim) if verbatim else ("headline", features.headline)
        )
        there = [number for number in candidates if number in group]
        if not there:
            continue
        others = [
            reached[one]
            for one in reached
            if one not in there and (one in leading or not set(there) & set(leading))
        ]
        highest = max(others, default=0.0)
        gain = part + max(highest - min(reached[one] for one in there), 0.0)
        for number in there:
            reached[number] += gain
            gained[number][name] = gained[number].get(name, 0.0) + gain
    return gained


def _idf(twin: Twin, stem: str) -> float:
    having, _ = twin.statistics("body", stem)
    return log(1 + (len(twin.articles) - having + 0.5) / (having + 0.5))
