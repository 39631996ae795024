"""What readers see of filters: those that are set, as chips, and the values to choose from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote_plus

from index.fields import COUNTED, Counted, Period
from search.request import SearchRequest
from search.response import FacetValue, SearchResponse
from search.values import Values
from web import links
from web.facet_parameters import MAX_VALUE_CHARACTERS, MAX_VALUES

FEW = 8
"""Values of a facet beside the results, and those that are chosen or excluded; the others are on
a page of their own."""

FEW_MORE = FEW + 2
"""Values of a facet for which no other page is worth the way."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is set, and the address of the same search without it."""

    counted: Counted
    value: str
    address: str
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet, and the addresses of searches: with it, without it, or as if unsaid.

    ``with_it`` and ``without_it`` are None where the value is chosen or excluded already, and where
    it is longer than a filter may be or there are as many as may be; ``unsaid`` is None where it is
    neither chosen nor excluded.
    """

    value: str
    count: int
    selected: bool
    excluded: bool
    with_it: str | None
    without_it: str | None
    unsaid: str | None

    @property
    def too_long(self) -> bool:
        """Whether no filter takes the value."""
        return len(self.value) > MAX_VALUE_CHARACTERS


@dataclass(frozen=True, slots=True)
class FilterList:
    """Of a facet or a period the values that a page of results shows, and how many there are.

    Of a period only those that are chosen or excluded: beside the results the histogram shows time.
    """

    counted: Counted
    choices: Sequence[Choice]
    total: int
    all_values: str


def chips(question: SearchRequest) -> list[Chip]:
    """What is chosen, then what is excluded, of each facet."""
    found = []
    for one in COUNTED:
        for excluded, values in (
            (False, question.chosen.get(one, ())),
            (True, question.left_out.get(one, ())),
        ):
            for value in values:
                address = links.search_address(_without(question, one, value, excluded=excluded))
                found.append(Chip(one, value, address, excluded))
    return found


def filter_lists(question: SearchRequest, answer: SearchResponse) -> dict[Counted, FilterList]:
    """Those with a value to show."""
    found = {}
    for one in COUNTED:
        total = answer.facet_totals.get(one, 0)
        shown = _choices(one, question, _few(one, answer.facets.get(one, ()), total))
        if shown:
            found[one] = FilterList(one, shown, total, links.values_address(question, one))
    return found


def periods(question: SearchRequest, answer: SearchResponse) -> list[FilterList]:
    """Those with several values to choose from, which are on a page of their own."""
    return [
        FilterList(one, (), total, links.values_address(question, one))
        for one in Period
        if (total := answer.facet_totals.get(one, 0)) > 1
    ]


def _few(one: Counted, counted: Sequence[FacetValue], total: int) -> Sequence[FacetValue]:
    """The first values, and those of which something is said."""
    few = 0 if isinstance(one, Period) else FEW if total > FEW_MORE else FEW_MORE
    said = sum(entry.selected or entry.excluded for entry in counted)
    free = max(0, few - said)
    shown = []
    for entry in counted:
        if entry.selected or entry.excluded:
            shown.append(entry)
        elif free:
            shown.append(entry)
            free -= 1
    return shown


def choices(one: Counted, question: SearchRequest, counted: Sequence[FacetValue]) -> list[Choice]:
    """The values as they were counted, with the texts that chose or excluded them."""
    said = _said_of(
        question.chosen.get(one, ()), [entry.value for entry in counted if entry.selected]
    )
    unsaid = _said_of(
        question.left_out.get(one, ()), [entry.value for entry in counted if entry.excluded]
    )
    offers = _Offers(one, question)
    return [_choice(offers, entry, (*said[entry.value], *unsaid[entry.value])) for entry in counted]


def _choices(one: Counted, question: SearchRequest, counted: Sequence[FacetValue]) -> list[Choice]:
    """The values to tick, also those that are set and fit no article, or a form would drop them.

    What stands for several values is one to tick in their place, as a form takes only so many.
    """
    selected = [entry for entry in counted if entry.selected]
    known = Values([entry.value for entry in selected], [1] * len(selected))
    alone: set[int] = set()
    parts: dict[FacetValue, tuple[int, ...]] = {}
    for value in question.chosen.get(one, ()):
        numbers = known.filtered(value).numbers
        if len(numbers) == 1:
            alone.update(numbers)
        else:
            count = sum(selected[number].count for number in numbers)
            parts[FacetValue(value, count, True)] = numbers
    together = {selected[number] for some in parts.values() for number in {*some} - alone}
    apart = [entry for entry in counted if entry not in together]
    shown = choices(one, question, apart) + [
        _choice(_Offers(one, question), entry, (entry.value,)) for entry in parts
    ]
    return sorted(shown, key=lambda choice: not choice.selected)


def _said_of(texts: Sequence[str], values: Sequence[str]) -> Mapping[str, list[str]]:
    """Of each of the values the texts that stand for it."""
    said: dict[str, list[str]] = defaultdict(list)
    known = Values(values, [1] * len(values))
    for text in texts:
        for number in known.filtered(text).numbers:
            said[values[number]].append(text)
    return said


class _Offers:
    """The addresses with a value and without it, for values of which nothing is said yet.

    Each is made once for all values, with a mark where the value stands that is nowhere else.
    """

    def __init__(self, one: Counted, question: SearchRequest) -> None:
        mark, plain = "z", links.search_address(question)
        while mark in plain or mark in one:
            mark += "z"
        self.one, self.question = one, question
        self._with = self._without = None
        if len(question.chosen.get(one, ())) < MAX_VALUES:
            self._with = _parts(links.including(question, one, mark), mark)
        if len(question.left_out.get(one, ())) < MAX_VALUES:
            self._without = _parts(links.excluding(question, one, mark), mark)

    def with_it(self, value: str) -> str | None:
        """None where as many are chosen as may be."""
        return None if self._with is None else quote_plus(value).join(self._with)

    def without_it(self, value: str) -> str | None:
        """None where as many are excluded as may be."""
        return None if self._without is None else quote_plus(value).join(self._without)


def _parts(question: SearchRequest, mark: str) -> tuple[str, str]:
    before, _, after = links.search_address(question).rpartition(mark)
    return before, after


def _choice(offers: _Offers, entry: FacetValue, said: Sequence[str] = ()) -> Choice:
    """``said``: the texts of the question that choose or exclude the value."""
    one, question, value = offers.one, offers.question, entry.value
    if said:
        question = links.without(question, one, *said)
        offers = _Offers(one, question)
    fits = len(value) <= MAX_VALUE_CHARACTERS
    return Choice(
        value,
        entry.count,
        entry.selected,
        entry.excluded,
        offers.with_it(value) if fits and not entry.selected else None,
        offers.without_it(value) if fits and not entry.excluded else None,
        links.search_address(question) if said else None,
    )


def _without(question: SearchRequest, one: Counted, value: str, *, excluded: bool) -> SearchRequest:
    """Without a value that is chosen, or without one that is excluded; the other may be set too."""
    if excluded and value in question.chosen.get(one, ()):
        return links.including(question, one, value)
    if not excluded and value in question.left_out.get(one, ()):
        return links.excluding(question, one, value)
    return links.without(question, one, value)
