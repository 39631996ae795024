"""A query's way through the modules, which says how much a reader must open to follow it.

    python -m tests.structure.query_way

A *visit* is when control enters a module of ours by the first call of one of its functions: later
calls of it, in a loop over words or hits, tell nothing new. Consecutive entries of one module are
one visit. A *return* is a visit to a module that was visited before. Functions without a name
(comprehensions, lambdas) belong to what is around them. A folder whose modules do one kind of work
(``ROOMS``) may be taken for one module: who follows a query opens it once.

Every question is asked twice of an index that is open: for the first time, when other words are
known, and again, when its words' rows are read.
"""

from __future__ import annotations

import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from types import CodeType, FrameType

import search
from index.build import LocalTarget
from index.target import BuildOptions
from search.engine import SearchEngine, open_engine
from search.request import SearchRequest
from tests.conftest import ARCHIVE, article

ROOT = Path(search.__file__).parent.parent
PACKAGES = ("index", "search", "web")

ROOMS = (
    "search/query/syntax",
    "search/query/rewrite",
    "search/marking",
    "search/local/reading",
    "search/local/matching",
    "search/local/scoring",
    "search/local/completing",
    "search/local/page",
)
"""The folders that are one room each."""

OTHER_WORDS = SearchRequest("kopi Hanoi")
"""What opens the index; no kind of question has a word of it."""

KINDS: Mapping[str, SearchRequest] = {
    "one word": SearchRequest("gempa"),
    "two words": SearchRequest("bupati meresmikan"),
    "two words, few have both": SearchRequest("harga beras"),
    "a phrase": SearchRequest('"kereta cepat"'),
    "an exclusion": SearchRequest("panen -karawang"),
    "a prefix": SearchRequest("perpus*"),
    "a filter and a date": SearchRequest(
        'pedagang sumber:"Pelita Kota"', date_from=date(2024, 2, 2)
    ),
}
"""A question of each kind; no two share a word, so that each is asked for the first time once."""


@dataclass(frozen=True, slots=True)
class Way:
    """The modules visited, in order, by their paths without the suffix."""

    visits: tuple[str, ...]

    @property
    def modules(self) -> int:
        """How many different modules are visited."""
        return len(set(self.visits))

    @property
    def returns(self) -> int:
        """How many visits are to a module that was visited before."""
        return len(self.visits) - self.modules

    def __str__(self) -> str:
        return " > ".join(self.visits)

    def within(self, package: str) -> Way:
        """The way as one sees it who looks at nothing but a package."""
        return _way(module for module in self.visits if module.startswith(f"{package}/"))

    def in_rooms(self) -> Way:
        """The way with each of the folders of ``ROOMS`` taken for one module."""
        return _way(
            next((room for room in ROOMS if module.startswith(f"{room}/")), module)
            for module in self.visits
        )


def way_of(call: Callable[[], object]) -> Way:
    """The way that a call takes."""
    entered: dict[CodeType, None] = {}

    def watch(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call":
            entered.setdefault(frame.f_code)

    before = sys.getprofile()
    sys.setprofile(watch)
    try:
        call()
    finally:
        sys.setprofile(before)
    modules = (_module(code) for code in entered if not code.co_name.startswith("<"))
    return _way(module for module in modules if module is not None)


def ways(folder: Path) -> dict[str, tuple[Way, Way]]:
    """The ways of all kinds, asked for the first time and again; ``folder`` is for an index."""
    # Enough articles with both of two words that those with one of them are not sought.
    many = [
        article(n, f"Bupati meresmikan jembatan ke-{n}", f"Jembatan ke-{n} dibuka.")
        for n in range(100, 130)
    ]
    LocalTarget(folder).rebuild([*ARCHIVE, *many], BuildOptions())
    engine = open_engine(folder)
    for _ in range(2):  # the second one finds that it is open
        engine.search(OTHER_WORDS)
    return {kind: _first_and_again(engine, request) for kind, request in KINDS.items()}


def _first_and_again(engine: SearchEngine, request: SearchRequest) -> tuple[Way, Way]:
    first, again = (way_of(lambda: engine.search(request)) for _ in range(2))
    return first, again


def _way(modules: Iterable[str]) -> Way:
    return Way(tuple(module for module, _ in groupby(modules)))


def _module(code: CodeType) -> str | None:
    """The path of the module of ours that a function stands in, without its suffix."""
    path = Path(code.co_filename)
    if not path.is_relative_to(ROOT):
        return None
    module = path.relative_to(ROOT).with_suffix("")
    return module.as_posix() if module.parts[0] in PACKAGES else None


def main() -> None:
    """Print the figures of all kinds, then the ways."""
    with tempfile.TemporaryDirectory() as folder:
        found = ways(Path(folder) / "index")
    print("| visits, returns, modules | rooms, again | again | first | all, again | all, first |")
    print("| --- | --- | --- | --- | --- | --- |")
    for kind, (first, again) in found.items():
        inside = again.within("search")
        columns = [
            f"{len(way.visits)}, {way.returns}, {way.modules}"
            for way in (inside.in_rooms(), inside, first.within("search"), again, first)
        ]
        print(f"| {' | '.join([kind, *columns])} |")
    for kind, (first, again) in found.items():
        for when, way in (("again", again), ("for the first time", first)):
            print(f"\n{kind}, {when}:")
            print(textwrap.fill(str(way), 100, break_on_hyphens=False))


if __name__ == "__main__":
    main()
