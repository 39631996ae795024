"""What readers see of filters: those that are set, as chips, and the values to choose from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from index.fields import COUNTED, Counted, Period
from index.light_dataclass import dataclass
from search.request import SearchRequest
from search.response import FacetValue, SearchResponse
from search.values import Values
from web import links
from web.facet_parameters import MAX_VALUE_CHARACTERS, MAX_VALUES
from web.links import Variations

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


@dataclass(slots=True)
class Choice:
    """A value of a facet, and the addresses of searches: with it, without it, or free of both.

    Nobody changes it. Frozen, it would take thrice as long to make, and a page has some dozens.

    ``set_by``: the texts of the question that choose or exclude it. ``full``: whether as many
    values are chosen as may be, so that it cannot be chosen beside them.
    """

    counted: Counted
    value: str
    count: int
    selected: bool
    excluded: bool
    full: bool
    set_by: Sequence[str]
    addresses: Variations

    @property
    def too_long(self) -> bool:
        """Whether no filter takes the value."""
        return not fits_filter(self.value)

    @property
    def with_it(self) -> str | None:
        """None where it is chosen already or cannot be."""
        if self.selected or self.full or self.too_long:
            return None
        return self._freed().added(self.counted.value, self.value)

    @property
    def without_it(self) -> str | None:
        """None where it is excluded already or cannot be."""
        left_out = self.addresses.request.left_out.get(self.counted, ())
        if self.excluded or self.too_long or len(left_out) >= MAX_VALUES:
            return None
        return self._freed().added(f"exclude_{self.counted}", self.value)

    @property
    def free_of_it(self) -> str | None:
        """The search that neither chooses nor excludes it; None where this one does neither."""
        return links.search_address(self._freed().request) if self.set_by else None

    def _freed(self) -> Variations:
        if not self.set_by:
            return self.addresses
        question = links.at_page(self.addresses.request, 1)
        return Variations(links.without(question, self.counted, *self.set_by))


def fits_filter(value: str) -> bool:
    """Whether a filter takes the value."""
    return len(value) <= MAX_VALUE_CHARACTERS


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
    for one in COUNTED if question.chosen or question.left_out else ():
        for excluded, values in (
            (False, question.chosen.get(one, ())),
            (True, question.left_out.get(one, ())),
        ):
            for value in values:
                address = links.search_address(_taken_off(question, one, value, excluded=excluded))
                found.append(Chip(one, value, address, excluded))
    return found


def filter_lists(addresses: Variations, answer: SearchResponse) -> dict[Counted, FilterList]:
    """Those with a value to show, of the request that the addresses vary."""
    found, question = {}, addresses.request
    all_values = links.values_addresses(question)
    for one in COUNTED:
        total = answer.facet_totals.get(one, 0)
        counted = answer.facets.get(one, ())
        if one in question.chosen or one in question.left_out:
            shown = _boxes(one, addresses, _few(one, counted, total))
        else:
            shown = [
                Choice(one, entry.value, entry.count, False, False, False, (), addresses)
                for entry in counted[: _most(one, total)]
            ]
        if shown:
            found[one] = FilterList(one, shown, total, all_values(one))
    return found


def periods(question: SearchRequest, answer: SearchResponse) -> list[FilterList]:
    """Those with several values to choose from, which are on a page of their own."""
    all_values = links.values_addresses(question)
    return [
        FilterList(one, (), total, all_values(one))
        for one in Period
        if (total := answer.facet_totals.get(one, 0)) > 1
    ]


def _few(one: Counted, counted: Sequence[FacetValue], total: int) -> Sequence[FacetValue]:
    """The first values, and those that are chosen or excluded."""
    free = max(0, _most(one, total) - sum(entry.selected or entry.excluded for entry in counted))
    shown = []
    for entry in counted:
        if entry.selected or entry.excluded:
            shown.append(entry)
        elif free:
            shown.append(entry)
            free -= 1
    return shown


def _most(one: Counted, total: int) -> int:
    """How many values beside those that are chosen or excluded are shown of so many."""
    return 0 if isinstance(one, Period) else FEW if total > FEW_MORE else FEW_MORE


def choices(one: Counted, addresses: Variations, counted: Sequence[FacetValue]) -> list[Choice]:
    """The values as they were counted, with the texts that chose or excluded them."""
    question = addresses.request
    chosen_by = _meant_by(
        question.chosen.get(one, ()), [entry.value for entry in counted if entry.selected]
    )
    excluded_by = _meant_by(
        question.left_out.get(one, ()), [entry.value for entry in counted if entry.excluded]
    )
    return [
        _choice(
            one,
            addresses,
            entry,
            (*chosen_by.get(entry.value, ()), *excluded_by.get(entry.value, ())),
        )
        for entry in counted
    ]


def _boxes(one: Counted, addresses: Variations, counted: Sequence[FacetValue]) -> list[Choice]:
    """The values to tick, also those that are set and fit no article, or a form would drop them.

    What stands for several values is one to tick in their place, as a form takes only so many.
    """
    chosen = addresses.request.chosen.get(one, ())
    if not chosen:
        return choices(one, addresses, counted)
    selected = [entry for entry in counted if entry.selected]
    known = Values([entry.value for entry in selected], [1] * len(selected))
    alone: set[int] = set()
    parts: list[tuple[FacetValue, tuple[int, ...]]] = []
    for value in chosen:
        numbers = known.filtered(value).numbers
        if len(numbers) == 1:
            alone.update(numbers)
        else:
            count = sum(selected[number].count for number in numbers)
            parts.append((FacetValue(value, count, True), numbers))
    together = {selected[number].value for _, some in parts for number in {*some} - alone}
    apart = [entry for entry in counted if entry.value not in together]
    shown = choices(one, addresses, apart) + [
        _choice(one, addresses, entry, (entry.value,)) for entry, _ in parts
    ]
    return sorted(shown, key=lambda choice: not choice.selected)


def _meant_by(texts: Sequence[str], values: Sequence[str]) -> Mapping[str, list[str]]:
    """Of each of the values the texts that stand for it."""
    meant: dict[str, list[str]] = defaultdict(list)
    if not (texts and values):
        return meant
    known = Values(values, [1] * len(values))
    for text in texts:
        for number in known.filtered(text).numbers:
            meant[values[number]].append(text)
    return meant


def _choice(
    one: Counted, addresses: Variations, entry: FacetValue, set_by: Sequence[str]
) -> Choice:
    full = len(addresses.request.chosen.get(one, ())) >= MAX_VALUES and not entry.selected
    return Choice(
        one, entry.value, entry.count, entry.selected, entry.excluded, full, set_by, addresses
    )


def _taken_off(
    question: SearchRequest, one: Counted, value: str, *, excluded: bool
) -> SearchRequest:
    """Without a value that is chosen, or without one that is excluded; the other may be set too."""
    if excluded and value in question.chosen.get(one, ()):
        return links.including(question, one, value)
    if not excluded and value in question.left_out.get(one, ()):
        return links.excluding(question, one, value)
    return links.without(question, one, value)
