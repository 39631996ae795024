"""The ``IndexTarget`` protocol, what commands do to an index, and ``open_target(url)``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from index.article import Article
from index.bilingual import Text
from index.errors.reasons import in_both
from index.light_dataclass import dataclass
from index.location import Directory, locate
from index.printing import shown
from index.stemming import StemmerName

if TYPE_CHECKING:
    from index.analysis import UserWords


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """How a build may use the machine.

    ``workers`` processes share the work. ``memory`` is an aim in MiB for all of them together.
    ``wait`` waits for another writer instead of raising ``IndexLocked``. ``fingerprint`` is kept in
    the manifest: two rebuilds with the same one read the same sources. ``words`` are the user's
    and ``stemmer`` is what stems the others; None keeps those of the index that is there.
    ``shards`` and ``replicas`` are for clusters; None keeps those of the index that is there.
    ``account`` is asked when the articles are read: what was skipped and what was repaired, by kind
    of problem; the manifest keeps it.
    """

    workers: int = 1
    memory: int = 1024
    wait: bool = False
    fingerprint: str = ""
    words: UserWords | None = None
    stemmer: StemmerName | None = None
    shards: int | None = None
    replicas: int | None = None
    account: Callable[[], Mapping[str, Mapping[str, int]]] = dict


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
    taken out, and ``unknown`` the ids to delete that were not there. ``replicas_missing``: copies
    of shards that a cluster has not made yet, or has no node for; what is in use is whole.
    """

    generation: str
    articles: int
    added: int = 0
    replaced: int = 0
    repeated: int = 0
    deleted: int = 0
    unknown: tuple[str, ...] = ()
    replicas_missing: int = 0


@dataclass(frozen=True, slots=True)
class Damage:
    """A file of a generation that is not as it was published, and why.

    ``unreadable``: the system does not let it be read, and it may be intact.
    """

    generation: str
    file: str
    reason: str
    unreadable: bool = False

    @property
    def told(self) -> Text:
        """The reason in both languages, fit to be printed."""
        return in_both(self.reason)


@dataclass(frozen=True, slots=True)
class GenerationFacts:
    """A generation that is there.

    ``published`` (aware), live ``articles`` and ``version`` are None where its manifest does not
    tell, ``bytes`` on disk where they cannot be counted. ``intact``: everything was read, fits its
    checksum, and can be searched by this version; ``damage`` says why not.
    """

    name: str
    published: datetime | None
    articles: int | None
    bytes: int | None
    in_use: bool
    intact: bool
    damage: Damage | None = None
    version: str | None = None

    @property
    def reason(self) -> Text | None:
        """What is wrong, in both languages; None where it is intact."""
        if self.damage is None:
            return None
        file, told = shown(self.damage.file), self.damage.told
        return Text(f"{file}: {told.english}", f"{file}: {told.indonesian}")


@dataclass(frozen=True, slots=True)
class RolledBack:
    """``generation`` was put to use instead of ``left`` (None: CURRENT named none).

    ``skipped``: nearer ones with what keeps them from being used.
    """

    generation: str
    left: str | None
    skipped: tuple[Damage, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """A generation that pruning left, and why.

    ``why``: ``in_use``, ``rollback`` (would go there), ``newest`` (one of the last, as many as were
    to be kept), ``held`` by a reader, ``unreadable``.
    """

    generation: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pruned:
    """What pruning removed, and what it kept, the oldest first."""

    removed: tuple[str, ...]
    kept: tuple[Kept, ...]


@dataclass(frozen=True, slots=True)
class MadeFrom:
    """What the generation in use was made from: ``fingerprint`` of its sources, user's words.

    ``words`` says which stemmer it was made with, too.
    """

    generation: str
    articles: int
    fingerprint: str
    words: UserWords


class HeldArticles(Protocol):
    """The live articles of an index, by their ids. Both raise ``IndexDamaged``."""

    def has_prefix(self, prefix: str) -> bool:
        """Whether the id of an article begins so."""
        ...

    def find(self, article_id: str) -> Article | None:
        """The article with the id."""
        ...

    def has_moved(self) -> bool:
        """Whether something was published since the first look."""
        ...


class IndexTarget(Protocol):
    """An index that can be written. Every change is published whole or not at all.

    Everything raises ``IndexUnavailable``: ``IndexMissing`` where a command needs an index that is
    not there, which makes no directory for one, ``IndexDamaged``, ``IndexUnreadable``,
    ``IndexLocked`` where another command is writing, ``IndexUnreachable``.
    """

    def rebuild(
        self,
        articles: Iterable[Article],
        options: BuildOptions,
        progress: Progress = no_progress,
    ) -> Published:
        """Replace everything, or make an index where there is none.

        Raises ``NothingToIndex`` where there is no article, and leaves the index as it is.
        """
        ...

    def update(
        self,
        articles: Iterable[Article],
        options: BuildOptions,
        progress: Progress = no_progress,
    ) -> Published:
        """Insert articles; those whose id is known take the place of the old ones.

        Makes an index where there is none. Raises ``NothingToIndex``.
        """
        ...

    def delete(self, ids: Iterable[str], options: BuildOptions) -> Published:
        """Remove articles by id."""
        ...

    def verify(self) -> list[Damage]:
        """Read everything that is published and compare it with its checksums."""
        ...

    def rollback(self, name: str | None = None) -> RolledBack:
        """Put a generation to use: the one of the name, or the nearest intact one before.

        What is skipped on the way is told. Raises ``RollbackRefused`` and ``NoEarlierGeneration``.
        """
        ...

    def prune(self, keep: int) -> Pruned:
        """Drop all but the last ``keep`` generations that nobody reads."""
        ...

    def generations(self) -> list[GenerationFacts]:
        """The generations that are there, damaged ones too, the oldest first; all is read."""
        ...

    def stored_articles(self) -> Iterator[Article]:
        """Every live article of the generation in use, whatever version of Warta made it."""
        ...

    def held_articles(self) -> AbstractContextManager[HeldArticles]:
        """The articles of what is in use when they are looked up, which is held meanwhile.

        An update reads its articles while no other command can publish, so that each is compared
        with what it may replace. None are found where there is no generation that is intact, as
        far as opening tells, and of this version.
        """
        ...

    def words_for(self, options: BuildOptions) -> UserWords:
        """The words and the stemmer to build with: those given, else of the generation in use.

        That may be of any version. Raises ``WordsLost`` and ``StemmerLost`` where they cannot be
        read and are not given.
        """
        ...

    def made_from(self) -> MadeFrom | None:
        """What the generation in use was made from.

        None where there is none that is intact, as far as opening tells, and of this version.
        """
        ...


def open_target(url: str | Path) -> IndexTarget:
    """The index at a directory or URL (see ``index.location``), which need not exist yet.

    Raises ``IndexUrlInvalid`` and ``ClientMissing``; nothing else is looked at before the first
    command.
    """
    match locate(url):
        case Directory(path):
            from index.build import LocalTarget

            return LocalTarget(path)
        case cluster:
            from index.opensearch.target import OpenSearchTarget

            return OpenSearchTarget(cluster)


def ready_workers(url: str | Path, workers: int, memory: int) -> None:
    """Have so many workers ready for a large build at a directory, ``memory`` in mebibytes.

    Only for a process that has no threads, locks and open files, which workers would have, too.
    Raises OSError where the system has no room for them.
    """
    if isinstance(locate(url), Directory):
        from index.build.new_segments import fork_workers_ahead

        fork_workers_ahead(workers, memory)


def require_room(url: str | Path) -> None:
    """Raise what commands that write would where a directory cannot be an index.

    Among other files none is made, nor in the place of a file; a cluster's alias has room.
    """
    place = locate(url)
    if isinstance(place, Directory):
        from index.store import Store

        Store(place.path).require_room()
