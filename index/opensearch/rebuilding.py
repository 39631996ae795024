"""Writes a new index of an alias, with its companion, and points the alias at it in one step."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from index.analysis import NO_WORDS, UserWords
from index.article import Article
from index.build import LocalTarget
from index.companion import lighten
from index.errors import WartaError
from index.opensearch import companion, generations, new_index
from index.opensearch.fence import Fence, fenced, switch
from index.opensearch.generations import Found
from index.opensearch.history import prune
from index.opensearch.layout import LAYOUT_VERSION
from index.opensearch.loading import Loading, loaded
from index.opensearch.unexpected import unexpected_told
from index.opensearch.writer import Writer
from index.schema import VERSIONS
from index.store import Store
from index.target import BuildOptions, Published

KEEP = 3
"""How many generations publishing leaves, as in a directory."""

_LOADER, _LEAST = 180, 64
"""MiB that a process takes which loads articles (measured), and that are left for the others."""


def rebuilt(
    writer: Writer, there: Found, articles: Iterable[Article], options: BuildOptions
) -> Published:
    """Make a generation of articles, and put it to use. Raises ``LeaseLost``, and as ``loaded``.

    ``there``: what the alias has now. Where it fails, nothing of the new index
    is left, unless the lease or the cluster is lost: then the next writer removes it.
    """
    connection = writer.connection
    index = generations.new_name(connection.cluster.alias, [one.index for one in there.finished])
    copies = new_index.copies_of(connection, there.in_use)
    shards = copies.shards if options.shards is None else options.shards
    replicas = copies.replicas if options.replicas is None else options.replicas
    try:
        new_index.create(connection, index, shards)
        companion.make(connection, index)
        with fenced(connection, writer.lease, (index, companion.companion_of(index))) as fence:
            done, files = _filled(writer, index, fence, articles, options)
            missing = new_index.complete(connection, fence, index, done.articles, replicas)
            meta = _meta(there, done, options) | {"companion": files}
            writer.lease.require()
            generations.tell(connection, fence.of(index), meta)
            switch(connection, fence, index)
    except BaseException:
        with suppress(WartaError), unexpected_told(connection.cluster):
            _discard(writer, index)  # Else the next writer sweeps it away.
        raise
    with suppress(WartaError), unexpected_told(connection.cluster):
        prune(writer, generations.found(connection), KEEP)  # Else the next publishing does.
    return Published(
        index, done.articles, done.added, repeated=done.repeated, replicas_missing=missing
    )


def _filled(
    writer: Writer, index: str, fence: Fence, articles: Iterable[Article], options: BuildOptions
) -> tuple[Published, list[dict[str, Any]]]:
    """Load a new index and store its companion.

    Gives what was published in a temporary folder, and what ``_meta`` is to say of the companion.
    """
    connection, words = writer.connection, options.words or NO_WORDS
    with TemporaryDirectory(prefix="warta-") as folder:
        scratch, light = Path(folder, "scratch"), Path(folder, "light")
        light.mkdir()
        loading = Loading(connection.cluster, fence.of(index), words)
        passing = loaded(articles, loading, writer.workers, writer.progress)
        own = max(options.memory - _LOADER * writer.workers, _LEAST)
        with closing(passing):
            done = LocalTarget(scratch).rebuild(
                passing, in_scratch(replace(options, memory=own), words)
            )
        with Store(scratch).open_current() as generation:
            lighten(generation.path, light)
        return done, companion.store(connection, index, light, fence)


def in_scratch(options: BuildOptions, words: UserWords) -> BuildOptions:
    """How the generation in a temporary folder is built; it waits for nobody."""
    return replace(options, words=words, stemmer=words.stemmer, wait=False)


def account(command: str, options: BuildOptions) -> dict[str, Any]:
    """What is kept of how a generation was made, as a directory's manifest has it."""
    return {
        "command": command,
        "workers": options.workers,
        "memory": options.memory,
        "fingerprint": options.fingerprint,
        **{kind: dict(counts) for kind, counts in options.account().items()},
    }


def _meta(there: Found, done: Published, options: BuildOptions) -> dict[str, Any]:
    """What a new generation says of itself, beside its companion."""
    words, now = options.words or NO_WORDS, datetime.now(UTC).isoformat()
    return {
        "version": VERSIONS[words.stemmer],
        "layout": LAYOUT_VERSION,
        "published": now,
        "rebuilt": now,
        "previous": there.in_use,
        "articles": done.articles,
        "number": done.added + done.repeated,
        "words": words.to_text(),
        "stemmer": str(words.stemmer),
        **account("rebuild", options),
    }


def _discard(writer: Writer, index: str) -> None:
    """Remove a new index that was not put to use.

    Raises ``LeaseLost``, and removes nothing, where another may have put it to use.
    """
    connection = writer.connection
    writer.lease.require()
    if generations.found(connection).in_use != index:
        generations.remove(connection, (index, companion.companion_of(index)))
