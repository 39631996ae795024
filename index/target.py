"""What can be done to an index, wherever it lives: the local store now, a cluster later."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from index.article import Article

if TYPE_CHECKING:
    from index.analysis import UserWords


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """How a build may use the machine.

    ``workers`` processes share the work. ``memory`` is an aim in MiB for all of them together.
    ``wait`` waits for another writer instead of raising ``IndexLocked``. ``fingerprint`` is kept in
    the manifest: two rebuilds with the same one read the same sources. ``words`` are the user's;
    None keeps those of the index that is there.
    """

    workers: int = 1
    memory: int = 1024
    wait: bool = False
    fingerprint: str = ""
    words: UserWords | None = None


class Progress(Protocol):
    """Told how far a build is: articles done of ``total`` (None while it is not known)."""

    def __call__(self, phase: str, done: int, total: int | None) -> None: ...


def no_progress(phase: str, done: int, total: int | None) -> None:
    """For whoever does not watch."""


@dataclass(frozen=True, slots=True)
class Published:
    """What a command has published.

    ``articles`` counts what the index holds now, ``added`` what this command brought in,
    ``replaced`` those of them that took the place of an article with the same id, ``repeated``
    articles of this command that a later one with the same id superseded, ``deleted`` what was
    taken out, and ``unknown`` the ids to delete that were not there.
    """

    generation: str
    articles: int
    added: int = 0
    replaced: int = 0
    repeated: int = 0
    deleted: int = 0
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Damage:
    """A file of a generation that is not as it was published, and why."""

    generation: str
    file: str
    reason: str


class IndexTarget(Protocol):
    """An index that can be written. Every change is published whole or not at all."""

    def rebuild(
        self,
        articles: Iterable[Article],
        options: BuildOptions,
        progress: Progress = no_progress,
    ) -> Published:
        """Replace everything. Raises ``NothingToIndex`` and leaves the index where it is empty."""
        ...

    def update(
        self,
        articles: Iterable[Article],
        options: BuildOptions,
        progress: Progress = no_progress,
    ) -> Published:
        """Insert articles; those whose id is known take the place of the old ones."""
        ...

    def delete(self, ids: Iterable[str], options: BuildOptions) -> Published:
        """Remove articles by id."""
        ...

    def verify(self) -> list[Damage]:
        """Read everything that is published and compare it with its checksums."""
        ...

    def rollback(self) -> str:
        """Put the generation before the current one to use; its name."""
        ...
