"""Which values of a facet a part of one stands for: ``detik`` for detik.com and "detikFinance".

A value is read as words: ``news.detik.com`` is *news*, *detik*, *com*. Capitals inside a word and
digits begin another one, as do the words with which names of news sites end: ``detikFinance``,
``liputan6.com``, ``antaranews.com``. A part stands for every value that

- has its words in a row, whichever of the two writes them together: ``cnn indonesia`` and
  ``cnnindonesia`` for both "CNN Indonesia" and cnnindonesia.com; or
- has its words in order with others between them: ``nur shaid`` for "Nur Jamal Shaid".

Where no value does, it stands for the hosts of which a label begins with it: ``kum`` for
kumparan.com. Neither case nor diacritics matter. Only values that articles have count.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from functools import cached_property
from itertools import accumulate, pairwise

from index.analysis import fold, fold_value
from index.analysis.plain_letters import in_plain_letters
from index.light_dataclass import dataclass
from index.patterns import on_use
from search.budget import VALUE, Budget
from search.query.facet_query import WHOLE
from search.response import Note

MAX_NAMED = 3
"""A note names so many values at the most."""

_KEPT = 256
_MIN_BEGINNING = 3
_LEAST_LIKE_WORD = 0.65
_LEAST_LIKE = 0.5
_BEGINS = 0.8

_RUN = on_use(r"[^\W_]+")
_BORDER = on_use(
    r"(?<=[a-z])(?=[A-Z]) | (?<=[A-Z])(?=[A-Z][a-z]) | (?<=[^\W\d_])(?=\d) | (?<=\d)(?=[^\W\d_])",
    re.VERBOSE,
)
_SITE_ENDS = ("news", "online", "indonesia", "com", "tv")
_MIN_SITE = 3
_HOST = on_use(r"(?:https?://)?([^\W_][\w-]*(?:\.[\w-]+)*)\.[a-z]{2,}(?:[:/].*)?")
_ADDRESS = frozenset({"http", "https", "www"})
_PAGE = on_use(r"\s*(?:https?://|www\.)([^\s/?#:]+)\S*\s*", re.IGNORECASE)


class Fit(Enum):
    """How values fit what was asked for."""

    WHOLE = "whole"
    WORDS = "words"
    BEGINNING = "beginning"


@dataclass(frozen=True, slots=True)
class Meant:
    """The values that fit, by their numbers, the commonest first; none where nothing fits."""

    fit: Fit
    numbers: tuple[int, ...]


class Values:
    """The values of a facet, numbered as given; shared by threads."""

    def __init__(self, values: Sequence[str], counts: Sequence[int]) -> None:
        """``counts``: how many articles have each of the values; those that none has are unknown.

        Values differ in more than case and white space.
        """
        self._values = values
        self._counts = counts
        self._parts: dict[str, Meant] = {}
        self._nearest: dict[str, tuple[str, ...]] = {}

    def meant(self, text: str, *, whole: bool) -> Meant:
        """What a text stands for in a query."""
        return self.whole(text) if whole else self.part(text)

    def part(self, text: str) -> Meant:
        """What a part of a value stands for."""
        known = self._parts.get(text)
        if known is None:
            known = self._found(text)
            if len(self._parts) >= _KEPT:
                self._parts.clear()
            self._parts[text] = known
        return known

    def whole(self, text: str) -> Meant:
        """The value that is the text, without regard to case and white space."""
        number = self.by_folded.get(fold_value(text))
        return Meant(Fit.WHOLE, () if number is None else (number,))

    def filtered(self, text: str) -> Meant:
        """What the value of a filter stands for: the whole value if there is one, else a part.

        A text that begins with ``WHOLE`` stands for what follows, whole.
        """
        whole = self.whole(text)
        if whole.numbers:
            return whole
        return self.whole(text[1:]) if text.startswith(WHOLE) else self.part(text)

    def begun(self, text: str) -> list[int]:
        """The values that have the words of a text in a row, the last of them begun.

        By their numbers, the commonest first; all of them for a text without words.
        """
        letters = "".join(words(text))
        if not letters:
            found = set(self._used) if not text.strip() else set()
        else:
            lines, starts = self._text
            together = "".join(f" ?{letter}" for letter in letters[1:])
            pattern = rf"{letters[0]}(?<![^ \n]{letters[0]}){together}"
            found = {
                bisect_right(starts, match.start()) - 1 for match in re.finditer(pattern, lines)
            }
        return sorted(found, key=lambda one: (-self._counts[one], one))

    def nearest(self, text: str) -> tuple[str, ...]:
        """The ``MAX_NAMED`` values most like a text, the most like it first; none where none is.

        Values that have it as a part; else those with words in common with it, that begin with a
        word of it, or that differ in few letters (optimal string alignment distance).
        """
        known = self._nearest.get(text)
        if known is None:
            known = self._most_like(text)
            if len(self._nearest) >= _KEPT:
                self._nearest.clear()
            self._nearest[text] = known
        return known

    def compared(self, text: str) -> int:
        """How many times ``nearest`` compares a name with a word of the text."""
        return len(self._names) * (len(set(_words_of_part(text))) + 1)

    def _most_like(self, text: str) -> tuple[str, ...]:
        fitting = self.part(text).numbers
        if fitting:
            return self._named(fitting)
        words = _words_of_part(text)
        if not words:
            return ()
        likeness: dict[int, float] = defaultdict(float)
        for word, times in Counter(words).items():
            for number, like in self._like(word).items():
                likeness[number] += like * times / len(words)
        for number, like in self._like("".join(words)).items():
            likeness[number] = max(likeness[number], like)
        found = [number for number, like in likeness.items() if like >= _LEAST_LIKE]
        found.sort(key=lambda one: (-likeness[one], -self._counts[one], self._values[one]))
        return self._named(found)

    def note(
        self, meant: Meant, text: str, written: str, position: int | None, budget: Budget
    ) -> Note | None:
        """What a reader should know of what a text, ``written`` so, stands for, if anything.

        The values nearest to one that there is not are named while the budget lasts.
        """
        count = len(meant.numbers)
        if not count:
            budget.work += VALUE * self.compared(text)
            nearest = () if budget.spent() else self.nearest(text)
            if not nearest:
                return Note("unknown-value", {"written": written}, position)
            facts = {"written": written, "values": quoted(nearest)}
            return Note("nearest-values", facts, position)
        named = quoted(self._named(meant.numbers)) + (", …" if count > MAX_NAMED else "")
        facts = {"written": written, "count": str(count), "values": named}
        if meant.fit is Fit.BEGINNING:
            return Note("begun-values", facts, position)
        return Note("several-values", facts, position) if count > 1 else None

    def _found(self, text: str) -> Meant:
        words = _words_of_part(text)
        found = {*self.whole(text).numbers, *self._in_a_row("".join(words))}
        if len(words) > 1:
            having = self._in_a_row(max(words, key=len))
            found.update(one for one in having if _in_order(words, self._words[one]))
        fit = Fit.WORDS
        if not found:
            fit, found = Fit.BEGINNING, self._beginning("".join(words))
        return Meant(fit, tuple(sorted(found, key=lambda one: (-self._counts[one], one))))

    def _in_a_row(self, letters: str) -> set[int]:
        """The values that have whole words which, written together, are the letters."""
        if not letters:
            return set()
        text, starts = self._text
        # Beginning with a letter, the expression is looked for by it.
        first = letters[0]
        together = "".join(f" ?{letter}" for letter in letters[1:])
        found = re.finditer(rf"{first}(?<![^ \n]{first}){together}(?![^ \n])", text)
        return {bisect_right(starts, match.start()) - 1 for match in found}

    def _beginning(self, letters: str) -> set[int]:
        """The hosts of which a label begins with the letters."""
        if len(letters) < _MIN_BEGINNING:
            return set()
        found = set()
        for label, number in self._labels[bisect_left(self._labels, (letters, 0)) :]:
            if not label.startswith(letters):
                break
            found.add(number)
        return found

    def _like(self, letters: str) -> dict[int, float]:
        """Of the values with words that are like the letters, how much the most like one is."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        names = self._names
        distances = process.extract(
            letters,
            names.keys(),
            scorer=OSA.normalized_similarity,
            processor=None,
            score_cutoff=_LEAST_LIKE_WORD,
            limit=None,
        )
        like = {name: similarity for name, similarity, _ in distances}
        for name in names:
            if name.startswith(letters):
                like[name] = max(like.get(name, 0.0), _BEGINS)
        found: dict[int, float] = defaultdict(float)
        for name, similarity in like.items():
            for number in names[name]:
                found[number] = max(found[number], similarity)
        return found

    def _named(self, numbers: Iterable[int]) -> tuple[str, ...]:
        return tuple(self._values[number] for number in numbers)[:MAX_NAMED]

    @cached_property
    def _used(self) -> list[int]:
        return [number for number, count in enumerate(self._counts) if count]

    @cached_property
    def by_folded(self) -> Mapping[str, int]:
        """The number of each value by its folded text."""
        return {fold_value(self._values[number]): number for number in self._used}

    @cached_property
    def _words(self) -> list[tuple[str, ...]]:
        """Of each value."""
        used = frozenset(self._used)
        return [words(value) if number in used else () for number, value in enumerate(self._values)]

    @cached_property
    def _text(self) -> tuple[str, list[int]]:
        """The words of all values, a line each, and where each line begins."""
        lines = [" ".join(some) for some in self._words]
        return "\n".join(lines), [0, *accumulate(len(line) + 1 for line in lines)]

    @cached_property
    def _labels(self) -> list[tuple[str, int]]:
        """The labels of hosts but for the last, ascending, each with its value."""
        return sorted(
            ("".join(words(label)), number)
            for number in self._used
            if (host := _HOST.fullmatch(fold_value(self._values[number])))
            for label in host[1].split(".")
        )

    @cached_property
    def _names(self) -> Mapping[str, list[int]]:
        """Words, two of them in a row and all of them, written together, and the values with it."""
        names: dict[str, list[int]] = defaultdict(list)
        for number in self._used:
            some = self._words[number]
            runs = {*some, *(first + second for first, second in pairwise(some)), "".join(some)}
            for run in runs - {""}:
                names[run].append(number)
        return dict(names)


def words(value: str) -> tuple[str, ...]:
    """The words of a value, folded and in plain letters."""
    found: list[str] = []
    for run in _RUN.findall(unicodedata.normalize("NFC", value)):
        # Most runs are one word, which is told sooner without the expression.
        one = run.isalpha() and (run[1:].islower() or not run[1:])
        for piece in (run,) if one else _BORDER.split(run):
            word = in_plain_letters(fold(piece))
            if word.endswith(_SITE_ENDS):
                (end,) = (end for end in _SITE_ENDS if word.endswith(end))
                if len(word) >= len(end) + _MIN_SITE:
                    found.append(word.removesuffix(end))
                    word = end
            found.append(word)
    return tuple(found)


def _words_of_part(text: str) -> tuple[str, ...]:
    """The words of a part; of an address those of its host's name."""
    page = _PAGE.fullmatch(text)
    found = words(text if page is None else page[1])
    return tuple(word for word in found if word not in _ADDRESS) or found


def _in_order(part: Iterable[str], value: Iterable[str]) -> bool:
    rest = iter(value)
    return all(word in rest for word in part)


def quoted(values: Iterable[str]) -> str:
    """Values as a note names them."""
    return ", ".join(f"“{value}”" for value in values)
