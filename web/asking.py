"""Putting a reader's question to the engine: it is timed, counted and, if slow, logged.

Searches that nobody asked for, such as those of ``/readyz``, go to the engine itself.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from contextlib import closing
from time import perf_counter, thread_time
from typing import TypeVar

from flask import Request

from index.fields import COUNTED
from search.engine import SearchEngine
from search.export import Export, export
from search.many import Many, ask_many
from search.request import Partial, SearchRequest, Sort
from search.response import SearchResponse
from web.current import current_request
from web.logs import facts
from web.state import current_engine, current_state
from web.work import Took, current_work

_log = logging.getLogger("web.slow")
_TYPED = frozenset({"pages.search", "api.search", "api.search_json", "api.searches"})
"""Where questions come from that somebody typed; feeds are fetched by machines, again and again."""

Answer = TypeVar("Answer")


def ask(question: SearchRequest) -> SearchResponse:
    """One page of hits. Raises ``RequestError`` and ``IndexUnavailable``."""
    return _ask(current_engine(), question)


def ask_several(questions: Iterable[SearchRequest]) -> Many:
    """The answers to several questions, of one generation and within the time for one, waiting too.

    Each is timed, counted and logged. Raises as ``ask`` does.
    """
    with closing(current_engine().pinned()) as engine:
        return ask_many(lambda question: _ask(engine, question), questions, engine.generation())


def _ask(engine: SearchEngine, question: SearchRequest) -> SearchResponse:
    answer, took = _timed(lambda: engine.search(question))
    _account(question, answer, took)
    log = current_state().query_log
    if log is not None and _is_typed(current_request()):
        log.note(question.query if is_new(question) else None, answer, took)
    return answer


def _is_typed(request: Request) -> bool:
    return request.endpoint in _TYPED and request.method == "GET"


def ask_for_all(question: SearchRequest) -> Export:
    """All hits, of which the first batch is timed. Raises as ``search.export.export`` does.

    Whoever asks calls ``Export.close`` when the response ends: readers may hang up before the last.
    """
    found, took = _timed(lambda: export(current_engine(), question))
    _account(question, found.first, took)
    return found


def is_new(question: SearchRequest) -> bool:
    """Whether a question is one as somebody typed it, and not the same refined.

    Later pages, filters, days, other orders and what the links of a page of results change of a
    question would count it again; and with a filter, finding nothing tells nothing of the words.
    """
    return bool(
        question.query.strip()
        and question.page == 1
        and question.cursor is None
        and not question.restricted
        and question.sort is Sort.RELEVANCE
        and question.partial is Partial.FOLLOW
        and question.correct
    )


def _timed(search: Callable[[], Answer]) -> tuple[Answer, Took]:
    wall, processor = perf_counter(), thread_time()
    answer = search()
    return answer, Took(perf_counter() - wall, thread_time() - processor)


def _account(question: SearchRequest, answer: SearchResponse, took: Took) -> None:
    state = current_state()
    slow_ms = state.settings.slow_ms
    slow = slow_ms is not None and took.processor * 1000 >= slow_ms
    state.questions.count(answer, took, slow=slow)
    work = current_work()
    if work is not None:
        work.generation = answer.generation
    if slow:
        _log.warning("slow question", extra=facts(**_parts(question, answer, took)))


def _parts(question: SearchRequest, answer: SearchResponse, took: Took) -> dict[str, object]:
    """What is asked, what came of it, and what it took."""
    parts: dict[str, object] = {
        "query": question.query,
        "corrected": answer.corrected,
        "filters": {
            one.value: list(some) for one in COUNTED if (some := question.chosen.get(one, ()))
        },
        "excluded": {
            one.value: list(some) for one in COUNTED if (some := question.left_out.get(one, ()))
        },
        "from": question.date_from,
        "to": question.date_to,
        "sort": question.sort.value,
        "recency": question.recency,
        "collapse": question.collapse,
        "facets": question.facets,
        "explain": question.explain,
        "page": question.page,
        "per_page": question.per_page,
        "cursor": question.cursor is not None,
        "total": answer.total,
        "partial_total": answer.partial_total,
        "partial": answer.partial,
        "ms": round(took.wall * 1000, 1),
        "processor_ms": round(took.processor * 1000, 1),
        "generation": answer.generation,
    }
    return {key: value for key, value in parts.items() if value is not None and value != {}}
