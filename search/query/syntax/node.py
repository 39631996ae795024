"""What every node of a query's syntax tree can do."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from typing import NamedTuple

from whoosh.query import Query

from index.bilingual import Text
from index.fields import BY_NAME
from index.light_dataclass import dataclass
from search.query.weights import Weights
from search.query.word_query import Spelling


class Piece(NamedTuple):
    """A part of a surface form, from one letter to another, and the stem found there."""

    surface: str
    start: int
    end: int
    found: str


@dataclass(frozen=True, slots=True)
class Marked:
    """What is marked in texts: stems, beginnings of surface forms, and runs of either.

    ``phrases`` are runs of surface forms, ``runs`` of stems. ``pieces`` are parts of words.
    ``patterns`` are those of surface forms (``*``, ``?``), ``fuzzy`` surface forms and how many
    edits from them others may be. ``spans`` are marked only where they stand together.
    """

    stems: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    runs: tuple[tuple[str, ...], ...] = ()
    # There may be a hundred, and what is marked is looked up with each answer.
    pieces: tuple[Piece, ...] = field(default=(), hash=False)
    patterns: tuple[str, ...] = ()
    fuzzy: tuple[tuple[str, int], ...] = ()
    spans: tuple[NearMarks | RunMarks | FieldMarks | OpeningMarks | SentenceMarks, ...] = ()

    @property
    def beyond_stems(self) -> bool:
        """Whether anything but stems is marked."""
        runs = self.prefixes or self.phrases or self.runs or self.pieces
        return bool(runs or self.patterns or self.fuzzy or self.spans)

    def __or__(self, other: Marked) -> Marked:
        return Marked(
            self.stems | other.stems,
            self.prefixes + other.prefixes,
            self.phrases + other.phrases,
            self.runs + other.runs,
            self.pieces + other.pieces,
            self.patterns + other.patterns,
            self.fuzzy + other.fuzzy,
            self.spans + other.spans,
        )


@dataclass(frozen=True, slots=True)
class NearMarks:
    """Parts that are marked where they stand near each other; see ``NearQuery``."""

    parts: tuple[Marked, ...]
    distance: int
    ordered: bool


@dataclass(frozen=True, slots=True)
class RunMarks:
    """Parts of one word each that are marked where they stand at ``offsets`` from the first."""

    parts: tuple[Marked, ...]
    offsets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FieldMarks:
    """A part that is marked in one field alone: ``scope`` is ``title`` or ``body``."""

    part: Marked
    scope: str


@dataclass(frozen=True, slots=True)
class OpeningMarks:
    """A part that is marked among the first ``words`` words of a body, and nowhere else."""

    part: Marked
    words: int


@dataclass(frozen=True, slots=True)
class SentenceMarks:
    """Parts that are marked where they stand in one sentence of a body."""

    parts: tuple[Marked, ...]


def marked_in(scope: str | None, marked: Marked) -> Marked:
    """What is marked in one field alone; ``scope`` None for all fields."""
    return marked if scope is None else Marked(spans=(FieldMarks(marked, scope),))


def scoped(scope: str | None, text: str) -> str:
    """What is searched for in one field, as it is typed; ``scope`` None for all fields."""
    return text if scope is None else f"{BY_NAME[scope].query_names[0]}:{text}"


_IN_FIELD: Mapping[str | None, Text] = {
    "title": Text("{what} in the title", "{what} di judul"),
    "body": Text("{what} in the text", "{what} di isi"),
}


def said_of(scope: str | None, what: Text, said: str | None = None) -> Text:
    """What is searched for in one field, in words; ``said`` is the field that was named already."""
    if scope is None or scope == said:
        return what
    return both(_IN_FIELD[scope], what=what)


def both(sentence: Text, **facts: Text | str) -> Text:
    """A sentence with a fact for every ``{name}`` in it, in each language the fact in it."""
    english = {name: one if isinstance(one, str) else one.english for name, one in facts.items()}
    own = {name: one if isinstance(one, str) else one.indonesian for name, one in facts.items()}
    return Text(sentence.english.format(**english), sentence.indonesian.format(**own))


def linked(texts: Iterable[Text], link: Text) -> Text:
    """The texts with a word between them."""
    several = list(texts)
    return Text(
        link.english.join(one.english for one in several),
        link.indonesian.join(one.indonesian for one in several),
    )


def same(text: str) -> Text:
    """What is the same in both languages."""
    return Text(text, text)


class Node(ABC):
    """A node; kinds are frozen dataclasses, so that equal nodes are one.

    A kind says in its own module what it means, by these methods. What reads, rewrites or takes
    apart trees (``beside``, ``words``, ``form``, ``rewrite``) asks for the kinds that it changes; a
    new one passes there as it is.
    """

    __slots__ = ()

    @property
    def restricts(self) -> bool:
        """Whether it only says which articles may match, and adds nothing to their scores."""
        return False

    @property
    def optional(self) -> bool:
        """Whether it need not match where others must."""
        return False

    @property
    def binds(self) -> bool:
        """Whether it must match even where some of the other words suffice."""
        return self.restricts

    @property
    def signed(self) -> bool:
        """Whether it binds for no reason but that it was typed so: ``+kata``."""
        return False

    @abstractmethod
    def compile(self, weights: Weights) -> Query:
        """The Whoosh query that it stands for. It must not be changed: parts are shared."""

    def spelling(self, weights: Weights) -> Spelling | None:  # noqa: ARG002 - most are none
        """Its query as a way to write a word; None of what is none."""
        return None

    def scoring(self, weights: Weights) -> Query:
        """The query within one that asks where the node stands (``placed``): for its scores.

        It may match more, since its own places are asked for there, and need not be twice.
        """
        return self.compile(weights)

    def placed(self, field: str) -> Query | None:  # noqa: ARG002 - most kinds have no place
        """Where it stands in ``title`` or ``body``, for what asks for places (``placed_query``).

        None for what has no place.
        """
        return None

    @abstractmethod
    def marked(self) -> Marked:
        """What of a text is marked for it."""

    @abstractmethod
    def width(self) -> int:
        """How many words of a body it takes between its neighbours in the query."""

    def children(self) -> tuple[Node, ...]:
        """The nodes below it that match as it does; those that are excluded are not among them."""
        return ()

    def with_children(self, children: Sequence[Node]) -> Node:
        """The same with others in their place, as many."""
        assert not children
        return self

    def as_written(self) -> Node:
        """The node with nothing optional in it: what is excluded is excluded whole."""
        return self

    def bound(self) -> Node:
        """The same that binds. What always does is so as it stands."""
        return self

    @abstractmethod
    def as_typed(self) -> str:
        """The node as the reader typed it, for sentences about the query."""

    @abstractmethod
    def told(self, said: str | None = None) -> Text:
        """What it searches for, in words; ``said`` is a scope that was named already."""
