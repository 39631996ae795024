"""The index target over a cluster: a rebuild writes a new index and switches the alias.

Beside what goes to the cluster, the same articles are built as a generation in a temporary folder.
It says what was added, replaced and repeated, and of it the companion is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from index.analysis import NO_WORDS, UserWords, chosen
from index.article import Article
from index.build import LocalTarget
from index.errors import AliasTaken, IndexMissing, Interrupted, WartaError, WordsDiffer
from index.location import ClusterAlias
from index.opensearch import changing, generations
from index.opensearch.checking import bytes_of, damages, obstacle
from index.opensearch.connection import Connection
from index.opensearch.fence import take_down
from index.opensearch.generations import Facts, Found
from index.opensearch.history import prune, rollback
from index.opensearch.lease import Lease, leased
from index.opensearch.packing import fit
from index.opensearch.rebuilding import account, in_scratch, rebuilt
from index.opensearch.stored import HeldOnCluster, stored_articles
from index.opensearch.unexpected import each, tells_unexpected, unexpected_told
from index.opensearch.writer import Writer
from index.target import (
    BuildOptions,
    Damage,
    GenerationFacts,
    HeldArticles,
    MadeFrom,
    Progress,
    Pruned,
    Published,
    RolledBack,
    no_progress,
)

_PATIENCE = 30.0
"""Seconds for which a cluster that is busy is asked again: a rebuild may be hours of work."""


class OpenSearchTarget:
    """Writes an alias of a cluster. See ``index.target.IndexTarget``."""

    def __init__(self, cluster: ClusterAlias) -> None:
        self._connection = Connection(cluster, patience=_PATIENCE)
        self.cluster = cluster
        self._url = cluster.url
        self._turn = 0

    @tells_unexpected
    def rebuild(
        self,
        articles: Iterable[Article],
        options: BuildOptions,
        progress: Progress = no_progress,
    ) -> Published:
        """Write a new index with its companion, and point the alias at it."""
        with self._writing(wait=options.wait) as (lease, there):
            current = there.current or max(there.finished, key=_index, default=None)
            kept = NO_WORDS if current is None else current.words
            words = chosen(options.words, options.stemmer, kept)
            writer = Writer(self._connection, lease, options.workers, progress)
            return rebuilt(writer, there, articles, replace(options, words=words))

    @tells_unexpected
    def update(
        self,
        articles: Iterable[Article],
        options: BuildOptions,
        progress: Progress = no_progress,
    ) -> Published:
        """Change the index in use where it is; makes one where there is none."""
        with self._writing(wait=options.wait) as (lease, there):
            writer = Writer(self._connection, lease, options.workers, progress)
            if there.current is None and not there.finished:
                words = chosen(options.words, options.stemmer, NO_WORDS)
                return rebuilt(writer, there, articles, replace(options, words=words))
            facts = self._in_use(writer, there)
            words = facts.words
            if chosen(options.words, options.stemmer, words) != words:
                raise WordsDiffer(self._url)
            with TemporaryDirectory(prefix="warta-") as folder:
                new = Path(folder)
                # All of them are read before the first is sent: one that is unfit changes nothing.
                done = LocalTarget(new).rebuild(fit(articles), in_scratch(options, words), progress)
                what = changing.Change(new, done.articles, told=account("update", options))
                after, gone = changing.change(writer, facts, what)
            return Published(after.name, after.articles, done.added, len(gone), done.repeated)

    @tells_unexpected
    def delete(self, ids: Iterable[str], options: BuildOptions) -> Published:
        """Take articles out of the index in use; it stays as it is where none of them is there."""
        self._required(generations.found(self._connection))
        distinct = list(dict.fromkeys(ids))
        with self._writing(wait=options.wait) as (lease, there):
            writer = Writer(self._connection, lease)
            facts = self._in_use(writer, there)
            made = {"workers": options.workers, "memory": options.memory}
            what = changing.Change(deleted=distinct, told={"command": "delete", **made})
            after, gone = changing.change(writer, facts, what)
            unknown = tuple(one for one in distinct if one not in gone)
            return Published(after.name, after.articles, deleted=len(gone), unknown=unknown)

    @tells_unexpected
    def verify(self) -> list[Damage]:
        """Compare every generation with what it says of itself, and some articles' tokens."""
        there = generations.found(self._connection)
        if not there.finished:
            raise IndexMissing(self._url)
        return [found for one in there.finished for found in damages(self._connection, one)]

    @tells_unexpected
    def rollback(self, name: str | None = None) -> RolledBack:
        """Point the alias at the generation of the name, or at the nearest usable one before."""
        with self._writing(wait=False, needed=True) as (lease, there):
            return rollback(Writer(self._connection, lease), there, name)

    @tells_unexpected
    def prune(self, keep: int) -> Pruned:
        """Remove all but the last ``keep`` generations, and what killed commands have left."""
        self._required(generations.found(self._connection))
        with self._writing(wait=False) as (lease, there):
            return prune(Writer(self._connection, lease), there, keep)

    @tells_unexpected
    def generations(self) -> list[GenerationFacts]:
        """The finished indexes of the alias, the oldest first."""
        there = generations.found(self._connection)
        if not there.finished:
            raise IndexMissing(self._url)
        return [self._listed(one, there.in_use) for one in there.finished]

    @tells_unexpected
    def stored_articles(self) -> Iterator[Article]:
        """Every article of the generation in use."""
        facts = self._required(generations.found(self._connection))
        return each(self.cluster, stored_articles(self._connection, facts))

    @contextmanager
    def held_articles(self) -> Iterator[HeldArticles]:
        """The articles of what is in use when they are asked for."""
        with unexpected_told(self.cluster):
            generations.current(self._connection)  # Raises before sources are read.
            yield HeldOnCluster(self._connection, lambda: self._turn)

    @tells_unexpected
    def words_for(self, options: BuildOptions) -> UserWords:
        """The words and the stemmer to build with: those given, else of the generation in use."""
        kept = generations.found(self._connection).current
        return chosen(options.words, options.stemmer, NO_WORDS if kept is None else kept.words)

    @tells_unexpected
    def made_from(self) -> MadeFrom | None:
        """What the generation in use was made from, if it can be used by this program."""
        facts = generations.found(self._connection).current
        if facts is None or obstacle(self._connection, facts) is not None:
            return None
        fingerprint = str(facts.meta.get("fingerprint", ""))
        return MadeFrom(facts.name, facts.articles, fingerprint, facts.words)

    @contextmanager
    def _writing(self, *, wait: bool, needed: bool = False) -> Iterator[tuple[Lease, Found]]:
        """Hold the writer's lock, and see what is there, after what killed commands have left.

        ``needed``: there must be a generation. Raises ``AliasTaken``, ``IndexMissing``,
        ``IndexLocked``, and ``Interrupted`` in the place of ``KeyboardInterrupt``.
        """
        connection = self._connection
        first = generations.found(connection)
        if needed and not first.finished:  # Where there is no index, none of its lock is made.
            raise IndexMissing(self._url)
        if first.foreign is not None:
            raise AliasTaken(self._url, first.foreign)
        try:
            with leased(connection, wait=wait) as lease:
                self._turn += 1
                yield lease, self._taken_over(lease)
        except (KeyboardInterrupt, Interrupted):
            now = None
            with suppress(WartaError):
                now = generations.found(connection).current
            before, after = (None if one is None else one.name for one in (first.current, now))
            raise Interrupted(self._url, before, after) from None

    def _taken_over(self, lease: Lease) -> Found:
        """What is there, of which nobody else changes anything any more.

        Nothing that was seen before the fences of others were taken down is relied on: until then
        they may publish, and put to use, what they had begun.
        """
        there = generations.found(self._connection)
        if there.fences:
            take_down(self._connection, there.fences)
            there = generations.found(self._connection)
        if there.left:
            lease.require()  # All this may have taken longer than a lease.
            generations.remove(self._connection, there.left)
        return there

    def _required(self, there: Found) -> Facts:
        """The generation in use. Raises ``IndexMissing`` and ``AliasTaken``."""
        if there.foreign is not None:
            raise AliasTaken(self._url, there.foreign)
        if there.current is None:
            raise IndexMissing(self._url)
        return there.current

    def _in_use(self, writer: Writer, there: Found) -> Facts:
        """The generation to change, without a change that another command has begun."""
        facts = self._required(there)
        facts.require_this_version(self._url)
        return changing.completed(writer, facts)

    def _listed(self, facts: Facts, in_use: str | None) -> GenerationFacts:
        found = obstacle(self._connection, facts)
        return GenerationFacts(
            facts.name,
            facts.published,
            facts.articles,
            bytes_of(self._connection, facts),
            facts.index == in_use,
            found is None,
            found,
            facts.version,
        )


def _index(facts: Facts) -> str:
    return facts.index
