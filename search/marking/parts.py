"""What of a query is marked in texts, made ready once: sets of words, tables of runs, patterns."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from index.light_dataclass import dataclass
from search.marking.patterns import fits
from search.query.syntax.node import (
    FieldMarks,
    Marked,
    NearMarks,
    OpeningMarks,
    Piece,
    RunMarks,
    SentenceMarks,
)

Placing = NearMarks | RunMarks | FieldMarks | OpeningMarks | SentenceMarks


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs of words by their first word and their length, the longest first."""

    by_first: dict[str, tuple[tuple[int, frozenset[tuple[str, ...]]], ...]]

    @property
    def all(self) -> list[tuple[str, ...]]:
        """The runs."""
        return [run for sizes in self.by_first.values() for _, some in sizes for run in some]

    @property
    def words(self) -> frozenset[str]:
        """All words of the runs."""
        return frozenset(word for run in self.all for word in run)


@dataclass(frozen=True, slots=True)
class Part:
    """What matches where one of its members does.

    ``number``: that of the part among all of what is to be marked. ``surfaces`` are phrases of one
    word, ``phrases`` those of more. ``patterns`` say whether a surface form fits.
    """

    number: int
    stems: frozenset[str]
    prefixes: tuple[str, ...]
    surfaces: frozenset[str]
    patterns: tuple[Callable[[str], object], ...]
    fuzzy: tuple[tuple[str, int], ...]
    pieces: dict[str, tuple[Piece, ...]]
    phrases: Runs
    runs: Runs
    placed: tuple[Placed, ...]

    def word(self, surface: str, stem: str) -> str:
        """What a token is found by, its stem or its surface form; empty where it is not."""
        if stem in self.stems:
            return stem
        matches = (
            (self.prefixes and surface.startswith(self.prefixes))
            or surface in self.surfaces
            or any(fit(surface) for fit in self.patterns)
            or (self.fuzzy and self._is_near(surface))
        )
        return surface if matches else ""

    def _is_near(self, surface: str) -> bool:
        """Whether so few edits make a fuzzy word of the surface form."""
        from rapidfuzz.distance import OSA

        return any(
            OSA.distance(surface, word, score_cutoff=most) <= most for word, most in self.fuzzy
        )

    @property
    def cost(self) -> int:
        """What it costs to ask that of a token, in units of marking."""
        return 3 + len(self.patterns) + len(self.fuzzy)


@dataclass(frozen=True, slots=True)
class Placed:
    """Parts that stand together in some way."""

    way: Placing
    parts: tuple[Part, ...]


def all_parts(marked: Marked) -> tuple[Part, ...]:
    """All parts of what is to be marked, by their numbers; the last one is the whole."""
    known: dict[Marked, Part] = {}
    _part_of(marked, known)
    return tuple(known.values())


def _part_of(marked: Marked, known: dict[Marked, Part]) -> Part:
    """What is to be marked as a part; equal ones are one."""
    if marked in known:
        return known[marked]
    placed = tuple(
        Placed(way, tuple(_part_of(part, known) for part in parts_of(way)))
        for way in dict.fromkeys(marked.spans)
    )
    known[marked] = part = Part(
        number=len(known),
        stems=marked.stems,
        prefixes=tuple(dict.fromkeys(marked.prefixes)),
        surfaces=frozenset(phrase[0] for phrase in marked.phrases if len(phrase) == 1),
        patterns=tuple(map(fits, dict.fromkeys(marked.patterns))),
        fuzzy=tuple(dict.fromkeys(marked.fuzzy)),
        pieces=pieces_of(marked),
        phrases=by_first(phrase for phrase in marked.phrases if len(phrase) > 1),
        runs=by_first(marked.runs),
        placed=placed,
    )
    return part


def parts_of(way: Placing) -> tuple[Marked, ...]:
    """What stands together."""
    return (way.part,) if isinstance(way, OpeningMarks | FieldMarks) else way.parts


def pieces_of(marked: Marked) -> dict[str, tuple[Piece, ...]]:
    """Parts of words by the words."""
    pieces: dict[str, tuple[Piece, ...]] = {}
    for piece in dict.fromkeys(marked.pieces):
        pieces[piece.surface] = (*pieces.get(piece.surface, ()), piece)
    return pieces


def by_first(runs: Iterable[tuple[str, ...]]) -> Runs:
    """Runs made ready to be found."""
    found: dict[str, dict[int, set[tuple[str, ...]]]] = {}
    for run in runs:
        found.setdefault(run[0], {}).setdefault(len(run), set()).add(run)
    return Runs(
        {
            first: tuple((size, frozenset(some)) for size, some in sorted(sizes.items())[::-1])
            for first, sizes in found.items()
        }
    )
