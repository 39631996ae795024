"""The generations of an alias: indexes of a cluster that are made whole, and one that is in use.

A generation is the index ``<alias>-<time>-<random>``; beside it ``…-companion`` has what planning a
question needs (``companion``). ``_meta`` of its mapping says that it is finished, and what it
holds; it is changed in one step. The alias points at the one in use, and is switched in one step.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from index.analysis import UserWords, parse_words
from index.errors import IndexOutdated, WordsInvalid
from index.light_dataclass import dataclass
from index.opensearch import fence
from index.opensearch.companion import companion_of
from index.opensearch.connection import PATIENCE, Connection
from index.opensearch.layout import LAYOUT_VERSION
from index.schema import VERSION, VERSIONS
from index.stemming import StemmerName

if TYPE_CHECKING:
    from opensearchpy import OpenSearch

META = "warta"
"""What is ours of an index's ``_meta``."""

UNFINISHED = "unfinished"
"""In ``_meta`` while a change is under way: what can be known of it then (``begun``)."""

SEEN = "seen"
"""In what that says: whether searches may find some of the change already."""

NEEDED = f"{VERSION}, layout {LAYOUT_VERSION}"
"""What an index must have been made with for this program to search it."""

_LAST = datetime.max.replace(tzinfo=UTC)
_STAMP = "%Y%m%dt%H%M%S%f"
_NAME = r"-(?P<stamp>[0-9]{8}t[0-9]{12})-[0-9a-f]{6}"


@dataclass(frozen=True)
class Facts:
    """A finished generation: its ``index``, and what that says of itself (``meta``).

    What a program of another version has left out, or has written otherwise, is empty or 0.
    """

    index: str
    meta: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The name of the generation as it is now; updates change it."""
        return f"{self.index}.{self.revision}" if self.revision else self.index

    @property
    def revision(self) -> int:
        """How often it was changed since it was made."""
        return _count(self.meta.get("revision"))

    @property
    def articles(self) -> int:
        """How many live ones it was published with."""
        return _count(self.meta.get("articles"))

    @property
    def next_number(self) -> int:
        """The number of the next article, which none had before: also the version of changes."""
        return _count(self.meta.get("number"))

    @property
    def companion(self) -> list[dict[str, Any]]:
        """The files of its companion, as ``index.opensearch.companion`` tells them."""
        files = self.meta.get("companion", [])
        return list(files) if isinstance(files, list) else []

    @property
    def published(self) -> datetime | None:
        """When it was published as it is now; aware."""
        return moment_of(self.meta.get("published"))

    @property
    def version(self) -> str:
        """Of schema, analyzer and layout."""
        return f"{self.meta.get('version', '?')}, layout {self.meta.get('layout', '?')}"

    @property
    def is_half_changed(self) -> bool:
        """Whether searches may find more or less than what the generation was published with.

        So it is from when a change is made visible until it is published, or completed by the next
        command where its own was killed. A copy of a shard that is made or moved while a change
        loads shows some of it before; nothing tells of that.
        """
        begun = self.meta.get(UNFINISHED)
        return isinstance(begun, Mapping) and begun.get(SEEN) is True

    @property
    def is_of_this_version(self) -> bool:
        """Whether this program searches and changes it."""
        layout, version = self.meta.get("layout"), self.meta.get("version")
        return layout == LAYOUT_VERSION and version in VERSIONS.values()

    @cached_property
    def words(self) -> UserWords:
        """The user's words and the stemmer that it was made with. Raises ``WordsInvalid``."""
        words = parse_words(str(self.meta.get("words", "")), f"{self.index}: words")
        stemmer = self.meta.get("stemmer", StemmerName.WARTA)
        if stemmer not in list(StemmerName):
            raise WordsInvalid(f"{self.index}: stemmer", 1, str(stemmer)[:60], "word")
        return replace(words, stemmer=StemmerName(stemmer))

    def require_this_version(self, url: str) -> None:
        """Raise ``IndexOutdated``, which names the command that rebuilds, for another version."""
        if not self.is_of_this_version:
            raise IndexOutdated(url, self.version, NEEDED)


@dataclass(frozen=True, slots=True)
class Found:
    """What a cluster has of an alias, seen at one moment.

    ``finished``: the generations, the oldest first; ``in_use``: the index that the alias names.
    ``left``: indexes of commands that were killed, and companions whose generation is gone.
    ``fences``: of both, and of companions, the indexes and names by which somebody writes or wrote
    them (``fence``). ``foreign``: what has the alias's name, or is named by it, and is not Warta's.
    """

    finished: Sequence[Facts]
    in_use: str | None
    left: Sequence[str]
    fences: Sequence[tuple[str, str]]
    foreign: str | None

    @property
    def current(self) -> Facts | None:
        """The generation in use."""
        return self.of(self.in_use)

    def of(self, name: str | None) -> Facts | None:
        """The generation of an index or of a generation's name."""
        return next((one for one in self.finished if name in {one.index, one.name}), None)

    def before(self, current: str | None) -> Iterable[Facts]:
        """The generations before the one of an index, the nearest first.

        Each is the one that was in use when the next was published, where that is told and still
        there; else the next older one by its name.
        """
        seen, at = {current}, current
        while True:
            facts = self.of(at)
            told = None if facts is None else facts.meta.get("previous")
            older = [one.index for one in self.finished if at is None or one.index < at]
            at = (
                told
                if isinstance(told, str) and self.of(told) is not None
                else max(older, default=None)
            )
            if at is None or at in seen:
                return
            seen.add(at)
            found = self.of(at)
            if found is not None:
                yield found


def moment_of(text: object) -> datetime | None:
    """A moment as ``_meta`` has it; None for what is none."""
    try:
        found = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return None if found is None else found.replace(tzinfo=found.tzinfo or UTC)


def new_name(alias: str, others: Iterable[str] = ()) -> str:
    """A name that no generation has, after those of ``others`` even where a clock was set back."""
    now = datetime.now(UTC)
    for one in others:
        stamp = _stamp(alias, one)
        if stamp is not None and stamp < _LAST:
            now = max(now, stamp + timedelta(microseconds=1))
    return f"{alias}-{now.strftime(_STAMP)}-{secrets.token_hex(3)}"


def is_generation(alias: str, index: str) -> bool:
    """Whether an index has the name of a generation of the alias."""
    return _stamp(alias, index) is not None


def _stamp(alias: str, index: str) -> datetime | None:
    """When a generation was begun, by its name; None for what has no such name."""
    named = re.fullmatch(re.escape(alias) + _NAME, index)
    if named is None:
        return None
    try:
        return datetime.strptime(named["stamp"], _STAMP).replace(tzinfo=UTC)
    except ValueError:  # No month has such a day: somebody else's name.
        return None


def found(connection: Connection) -> Found:
    """What there is of the alias."""
    alias = connection.cluster.alias
    got = connection.asked(
        lambda client: client.indices.get(
            index=f"{alias},{alias}-*",
            params={
                "ignore_unavailable": "true",
                "expand_wildcards": "all",
                "filter_path": "*.settings.index.uuid,*.mappings._meta,*.aliases",
            },
        )
    )
    finished, left, used = [], [], []
    for index, one in sorted(got.items()):
        if alias in one.get("aliases", {}) or index == alias:
            used.append(index)
        if not is_generation(alias, index):
            continue
        meta = _meta(one)
        if meta is not None and "published" in meta:
            finished.append(Facts(index, meta))
        elif index not in used:
            left.append(index)
    whole = {one.index for one in finished}
    companions = {companion_of(one) for one in whole}
    for index in got:
        generation = index.removesuffix(companion_of(""))
        is_companion = generation != index and is_generation(alias, generation)
        if is_companion and index not in companions:
            left.append(index)
    foreign = next((one for one in used if one not in whole), None)
    in_use = next((one for one in used if one in whole), None)
    own = [*whole, *(one for one in map(companion_of, whole) if one in got), *left]
    fences = fence.standing({one: got[one] for one in own})
    return Found(finished, in_use, left, fences, foreign)


def current(
    connection: Connection, index: str | None = None, *, hurried: bool = False
) -> Facts | None:
    """The generation in use, or of an index; None where that is not there, or not Warta's.

    ``hurried``: who asks can do without, and waits for two seconds at the most.
    """
    name = connection.cluster.alias if index is None else index
    params: dict[str, Any] = {"ignore_unavailable": "true", "filter_path": "*.mappings._meta"}
    if hurried:
        params["request_timeout"] = 2
    got = connection.asked(
        lambda client: client.indices.get_mapping(index=name, params=dict(params)),
        patience=0.0 if hurried else PATIENCE,
    )
    for found_index, one in got.items():
        meta = _meta(one)
        if meta is not None and "published" in meta:
            return Facts(found_index, meta)
    return None


def tell(connection: Connection, index: str, meta: Mapping[str, Any]) -> None:
    """Say of a generation what it holds; with it, it is finished.

    ``index`` is named by a fence. Raises ``LeaseLost``.
    """
    fence.asked_of_own(
        connection,
        lambda client: client.indices.put_mapping(index=index, body={"_meta": {META: meta}}),
    )


def remove(connection: Connection, indexes: Iterable[str]) -> None:
    """Remove indexes by their names; those that are gone already are no error."""
    for index in indexes:
        connection.asked(partial(_remove, index=index))


def _remove(client: OpenSearch, index: str) -> None:
    client.indices.delete(index=index, params={"ignore_unavailable": "true"})


def _meta(one: Mapping[str, Any]) -> Mapping[str, Any] | None:
    meta = one.get("mappings", {}).get("_meta", {}).get(META)
    return meta if isinstance(meta, dict) else None


def _count(value: object) -> int:
    return value if type(value) is int and value >= 0 else 0
