"""Parts of queries about places, as a cluster's spans and intervals.

Intervals find the smallest stretch of text that has all parts, and measure its gaps. That is right
where each part is always of one length, as then the smallest has the fewest gaps; so the ways to
write a part are told apart by their lengths. Spans alone can be at fixed steps, and early.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from whoosh.query import FuzzyTerm, Or, Phrase, Prefix, Query, Term, Wildcard

from index.light_dataclass import dataclass
from index.opensearch.borders import ALONE, FIRST, LAST
from index.opensearch.layout import BORDERS, Dsl
from search.opensearch.dsl.context import Context
from search.opensearch.dsl.patterns import texts_of
from search.query.placed_query import RunQuery

Slot = tuple[str, tuple[str, ...]]
"""Any of some terms of a field, at one position."""


@dataclass(frozen=True, slots=True)
class Run:
    """Slots at ``offsets`` from the first one's position: one way in which a part may stand."""

    slots: tuple[Slot, ...]
    offsets: tuple[int, ...]

    @property
    def length(self) -> int:
        """How many positions it takes."""
        return self.offsets[-1] + 1

    @property
    def has_gaps(self) -> bool:
        """Whether any words may stand inside it."""
        return self.length > len(self.slots)

    @property
    def leaves(self) -> int:
        """How many terms it asks for."""
        return sum(len(texts) for _, texts in self.slots)


def runs_of(context: Context, part: Query) -> list[Run] | None:
    """The ways in which a part may stand; None of one that is made of spans of many lengths."""
    if isinstance(part, Term | Prefix | Wildcard | FuzzyTerm):
        texts = (part.text,) if isinstance(part, Term) else texts_of(context, part)
        return [_of_slots([(part.fieldname, texts)])] if texts else []
    if isinstance(part, Phrase):
        return [_of_slots([(part.fieldname, (word,)) for word in part.words])]
    if isinstance(part, RunQuery):
        return _in_step(context, part)
    if type(part) is not Or:
        return None
    several = [runs_of(context, one) for one in part.subqueries]
    return (
        None
        if None in several
        else list(_together([one for some in several for one in some or ()]))
    )


def _of_slots(slots: Sequence[Slot]) -> Run:
    return Run(tuple(slots), tuple(range(len(slots))))


def _in_step(context: Context, query: RunQuery) -> list[Run] | None:
    """One run, as each of its parts is of one word."""
    slots: list[Slot] = []
    for part in query.parts:
        ways = runs_of(context, part)
        if ways is None or len(ways) > 1 or any(one.length > 1 for one in ways):
            return None
        if not ways:
            return []
        slots += ways[0].slots
    return [Run(tuple(slots), query.offsets)]


def _together(runs: Sequence[Run]) -> Iterator[Run]:
    """The same, single words of one field as one slot."""
    words: dict[str, list[str]] = defaultdict(list)
    for run in runs:
        if run.length == 1:
            words[run.slots[0][0]] += run.slots[0][1]
        else:
            yield run
    for name, texts in words.items():
        yield _of_slots([(name, tuple(dict.fromkeys(texts)))])


def by_length(runs: Sequence[Run]) -> Mapping[int, list[Run]]:
    """The runs of each length."""
    found: dict[int, list[Run]] = defaultdict(list)
    for run in runs:
        found[run.length].append(run)
    return found


def interval(name: str, runs: Sequence[Run]) -> Dsl:
    """Any of some runs without gaps, as intervals of a field, whose twin has the same positions."""
    return any_rule([_one(name, run) for run in runs])


def in_order(parts: Sequence[Dsl], gaps: int) -> Dsl:
    """Intervals one behind the other, with so many words between them at the most."""
    return {"all_of": {"intervals": list(parts), "ordered": True, "max_gaps": gaps}}


def in_any_order(parts: Sequence[Dsl], gaps: int) -> Dsl:
    """The same in any order; parts may be in each other's way."""
    return {"all_of": {"intervals": list(parts), "ordered": False, "max_gaps": gaps}}


def in_one_sentence(parts: Sequence[Dsl]) -> Dsl:
    """Intervals of which each is inside a sentence of the body."""
    sentence = {"all_of": {"intervals": [_border(FIRST), _border(LAST)], "ordered": True}}
    inside = {"contained_by": any_rule([sentence, _border(ALONE)])}
    return {"all_of": {"intervals": list(parts), "ordered": False, "filter": inside}}


def any_rule(rules: Sequence[Dsl]) -> Dsl:
    """Any of some intervals; of two of which one is inside the other, the shorter.

    Of the same rules in any order the same: what is asked for twice has to be there twice.
    """
    flat = [one for rule in rules for one in rule.get("any_of", {"intervals": [rule]})["intervals"]]
    distinct = {repr(one): one for one in flat}
    several = [distinct[key] for key in sorted(distinct)]
    return several[0] if len(several) == 1 else {"any_of": {"intervals": several}}


def _border(kind: str) -> Dsl:
    return {"match": {"query": kind, "use_field": BORDERS}}


def _one(name: str, run: Run) -> Dsl:
    slots = [any_rule([_word(name, field, text) for text in texts]) for field, texts in run.slots]
    return slots[0] if len(slots) == 1 else in_order(slots, 0)


def _word(name: str, field: str, text: str) -> Dsl:
    return {"match": {"query": text} if field == name else {"query": text, "use_field": field}}


def span(name: str, runs: Sequence[Run]) -> Dsl:
    """Any of some runs as spans of a field."""
    return _any_span([_span(name, run) for run in runs])


def _span(name: str, run: Run) -> Dsl:
    clauses: list[Dsl] = [_slot(name, run.slots[0])]
    for slot, (before, at) in zip(run.slots[1:], pairwise(run.offsets), strict=True):
        if at - before > 1:
            clauses.append({"span_gap": {name: at - before - 1}})
        clauses.append(_slot(name, slot))
    if len(clauses) == 1:
        return clauses[0]
    return {"span_near": {"clauses": clauses, "slop": 0, "in_order": True}}


def _slot(name: str, slot: Slot) -> Dsl:
    field, texts = slot
    found = _any_span([{"span_term": {field: text}} for text in texts])
    return found if field == name else {"field_masking_span": {"query": found, "field": name}}


def _any_span(clauses: Sequence[Dsl]) -> Dsl:
    return clauses[0] if len(clauses) == 1 else {"span_or": {"clauses": list(clauses)}}
