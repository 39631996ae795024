"""What an application holds for all of its requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app
from prometheus_client import CollectorRegistry

from index.light_dataclass import dataclass
from search.engine import SearchEngine
from web.settings import ServerSettings

if TYPE_CHECKING:
    from web.metrics import QuestionMetrics
    from web.query_log import QueryLog

EXTENSION = "warta"
KEYS_EXTENSION = "warta-keys"
"""Where an application with read keys has its ``web.keyring.KeyRing``."""


@dataclass(frozen=True, slots=True)
class State:
    """The engine, what the operator chose, the metrics, and a name for the program's answers.

    ``questions`` counts questions; ``query_log``, if the operator chose one, counts which they are.
    For the ``fingerprint`` see ``web.caching``.
    """

    engine: SearchEngine
    settings: ServerSettings
    registry: CollectorRegistry
    questions: QuestionMetrics
    query_log: QueryLog | None
    fingerprint: str


def current_state() -> State:
    """The state of the application that answers the current request."""
    # The application itself: Flask's name for it looks for it anew at every attribute.
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    state = app.extensions[EXTENSION]
    assert isinstance(state, State)
    return state


def current_engine() -> SearchEngine:
    """The engine of the application that answers the current request."""
    return current_state().engine
