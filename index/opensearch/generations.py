"""The generations of an alias: indexes of a cluster that are made whole, and one that is in use.

A generation is the index ``<alias>-<time>-<random>``. Its mapping's ``_meta`` says that it is
finished, and what it holds; the alias points at the one in use, and is switched in one step.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from index.light_dataclass import dataclass
from index.opensearch.connection import Connection

META = "warta"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a finished generation says of itself: the index's name and ``meta``."""

    index: str
    meta: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The name of the generation as it is now; updates change it."""
        revision = self.meta.get("revision", 0)
        return f"{self.index}.{revision}" if revision else self.index


def new_name(alias: str) -> str:
    """A name that no generation has."""
    now = datetime.now(UTC).strftime("%Y%m%dt%H%M%S%f")
    return f"{alias}-{now}-{secrets.token_hex(3)}"


def is_generation(alias: str, index: str) -> bool:
    """Whether an index has the name of a generation of the alias."""
    return re.fullmatch(rf"{re.escape(alias)}-\d{{8}}t\d{{12}}-[0-9a-f]{{6}}", index) is not None


def current(connection: Connection) -> Facts | None:
    """The generation in use; None where the alias is not there."""
    from opensearchpy.exceptions import NotFoundError

    alias = connection.cluster.alias

    def ask(client: Any) -> Any:
        try:
            return client.indices.get_mapping(index=alias)
        except NotFoundError:
            return {}

    found = connection.asked(ask)
    for index, one in found.items():
        meta = one["mappings"].get("_meta", {}).get(META)
        if meta is not None:
            return Facts(index, meta)
    return None


def tell(connection: Connection, index: str, meta: Mapping[str, Any]) -> None:
    """Say of a generation what it holds; with it, it is finished."""
    connection.asked(
        lambda client: client.indices.put_mapping(index=index, body={"_meta": {META: meta}})
    )


def put_to_use(connection: Connection, index: str) -> None:
    """Point the alias at a generation, and at no other, in one step."""
    alias = connection.cluster.alias
    actions = [
        {"remove": {"index": f"{alias}-*", "alias": alias, "must_exist": False}},
        {"add": {"index": index, "alias": alias}},
    ]
    connection.asked(lambda client: client.indices.update_aliases(body={"actions": actions}))
