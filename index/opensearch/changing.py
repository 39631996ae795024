"""Changes the index in use where it is: articles come, are replaced by others of their ids, or go.

What becomes of the companion is worked out before anything is sent. ``_meta`` tells of the change
while it is under way (``begun``), so that the next command can complete one that was killed: what
had arrived is then taken in, and what was to be deleted is deleted. It tells, too, before searches
may find any of it, as long as they are planned by the companion of before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from index.article import Article
from index.build import LocalTarget
from index.build.stored_articles import stored_articles
from index.companion import extend
from index.errors import ArticlesLost
from index.light_dataclass import dataclass
from index.opensearch import companion, generations, new_index
from index.opensearch.begun import Begun, begin, unfinished
from index.opensearch.bulk import delete
from index.opensearch.connection import Connection
from index.opensearch.fence import drain, fenced, is_blocked
from index.opensearch.generations import UNFINISHED, Facts
from index.opensearch.loading import Loading, loaded
from index.opensearch.looked_up import articles_with
from index.opensearch.moment import Searched
from index.opensearch.stored import articles_from
from index.opensearch.unexpected import afterwards
from index.opensearch.writer import Writer
from index.store import Store
from index.target import BuildOptions


@dataclass(frozen=True, slots=True)
class Change:
    """What is to come, and what is to go.

    ``new``: the directory of an index of the ``added`` new articles alone; None for none.
    ``deleted``: ids. ``begun``: where a killed command has begun it, so that the cluster has the
    new articles already. ``told``: what ``_meta`` is to say of it.
    """

    new: Path | None = None
    added: int = 0
    deleted: Sequence[str] = ()
    begun: Begun | None = None
    told: Mapping[str, Any] = field(default_factory=dict)


def change(writer: Writer, facts: Facts, what: Change) -> tuple[Facts, frozenset[str]]:
    """Make a change, and publish it.

    Gives the generation as it is then, and which ids were there before. Where none of those to be
    ``deleted`` was, nothing is changed. Raises ``ArticlesLost``, ``LeaseLost``, and as ``loaded``.
    """
    connection, lease = writer.connection, writer.lease
    with TemporaryDirectory(prefix="warta-") as folder, _opened(what.new) as new:
        light = companion.fetch(connection, facts.index, facts.companion)
        # What has arrived has taken the place of what was there.
        were = partial(_there, connection, facts.index) if what.begun is None else None
        gone = extend(light, new, what.deleted, Path(folder), were)
        if new is None and not gone and what.begun is None:
            return facts, gone
        before = () if companion.make(connection, facts.index) else facts.companion
        beside = companion.companion_of(facts.index)
        with fenced(connection, lease, (facts.index, beside)) as fence:
            own = fence.of(facts.index)
            deleted = [one for one in what.deleted if one in gone]
            begun, after = what.begun, facts.next_number
            if begun is None:
                begun, after = begin(connection, facts, deleted, fence), after + what.added
            now = {**facts.meta, "number": after + 1}
            is_seen = what.begun is not None
            generations.tell(connection, own, {**now, UNFINISHED: begun.told(seen=is_seen)})
            with new_index.unseen(connection, own):
                # Where it fails, too, what has arrived is seen from then on.
                seen = {**now, UNFINISHED: begun.told(seen=True)}
                tell = partial(generations.tell, connection, own, seen)
                with afterwards(connection.cluster, tell):
                    if what.new is not None and what.begun is None:
                        _load(writer, facts, own, stored_articles(what.new))
                    lease.require()
                    delete(connection, own, deleted, after)
                new_index.refresh(connection, own)
            expected = facts.articles - len(gone) + what.added
            held = new_index.count(connection, own)
            if held != expected:
                raise ArticlesLost(expected, held)
            lease.require()
            kept = [*before, *begun.files]
            files = companion.store(connection, facts.index, Path(folder), fence, kept)
            meta = {
                **facts.meta,
                **what.told,
                "published": datetime.now(UTC).isoformat(),
                "articles": held,
                "number": after + 1,
                "revision": facts.revision + 1,
                "companion": files,
            }
            meta.pop(UNFINISHED, None)
            lease.require()
            generations.tell(connection, own, meta)
        return Facts(facts.index, meta), gone


def completed(writer: Writer, facts: Facts) -> Facts:
    """The generation after the change that a killed command has begun, if it has.

    Raises as ``change`` and ``begun.unfinished``.
    """
    begun = unfinished(writer.connection, facts)
    if begun is None:
        return facts
    with TemporaryDirectory(prefix="warta-") as folder:
        new = Path(folder)
        _drained(writer, facts, begun)
        articles = articles_from(writer.connection, facts, begun.first)
        options = BuildOptions(words=facts.words, stemmer=facts.words.stemmer)
        first = next(articles, None)
        added = 0
        if first is not None:
            added = LocalTarget(new).rebuild(_with(first, articles), options).articles
        begun = replace(begun, blocked=False)
        what = Change(new if added else None, added, begun.deleted, begun)
        return change(writer, facts, what)[0]


def _drained(writer: Writer, facts: Facts, begun: Begun) -> None:
    """Wait for what the cluster had taken on of a change that was killed, and let it be seen.

    A block that somebody else has set is there afterwards, too. Raises ``LeaseLost``.
    """
    connection = writer.connection
    with fenced(connection, writer.lease, (facts.index,)) as fence:
        own = fence.of(facts.index)
        stays = not begun.blocked and is_blocked(connection, own)
        # Who is killed meanwhile leaves a block, and the next has to know of whom.
        told = replace(begun, blocked=not stays).told(seen=True)
        generations.tell(connection, own, {**facts.meta, UNFINISHED: told})
        drain(connection, own, stays=stays)
        new_index.refresh(connection, own)


def _load(writer: Writer, facts: Facts, own: str, articles: Iterator[Article]) -> None:
    """Load what is new; ``own``: the writer's name for the index."""
    cluster = writer.connection.cluster
    loading = Loading(cluster, own, facts.words, facts.next_number)
    with closing(loaded(articles, loading, writer.workers, writer.progress)) as loading_them:
        for _ in loading_them:
            writer.lease.require_unlost()


def _there(connection: Connection, index: str, ids: Sequence[str]) -> Iterator[Article]:
    """The articles of some ids that are there."""
    found = articles_with(connection, Searched(index), ids)
    return (one for one in found if one is not None)


@contextmanager
def _opened(new: Path | None) -> Iterator[Path | None]:
    """The directory of the generation that an index directory has."""
    if new is None:
        yield None
    else:
        with Store(new).open_current() as generation:
            yield generation.path


def _with(first: Article, others: Iterator[Article]) -> Iterator[Article]:
    yield first
    yield from others
