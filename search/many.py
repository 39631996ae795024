"""Several questions in one request: over one generation, within the budget of one question."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from time import perf_counter, thread_time
from typing import Annotated

from index.bilingual import Text
from index.light_dataclass import dataclass
from search.budget import waited
from search.json_shapes import described
from search.limits import BUDGET_MS
from search.request import SearchRequest
from search.response import Generation, SearchResponse


@described(
    "SearchesAnswer",
    Text("The answers to several queries.", "Jawaban atas beberapa kueri."),
)
@dataclass(frozen=True, slots=True)
class Many:
    """The answers to several questions, in their order; None for one that was not asked."""

    answers: Annotated[
        tuple[SearchResponse | None, ...],
        Text(
            "One for each query, in their order; null where the time of the request was spent"
            " before it was searched for.",
            "Satu untuk setiap kueri, menurut urutannya; null bila waktu permintaan ini habis"
            " sebelum kueri itu dicari.",
        ),
    ]
    unanswered: Annotated[
        int,
        Text(
            "Queries without an answer: ask them in another request.",
            "Kueri tanpa jawaban: tanyakan dalam permintaan lain.",
        ),
    ]
    partial: Annotated[
        bool,
        Text(
            "An answer was cut short, or is missing.",
            "Ada jawaban yang dipotong atau tidak ada.",
        ),
    ]
    took_ms: float
    generation: Generation


def ask_many(
    ask: Callable[[SearchRequest], SearchResponse],
    questions: Iterable[SearchRequest],
    generation: str,
    budget_ms: float = BUDGET_MS,
) -> Many:
    """Ask an engine that stays at a generation, until ``budget_ms`` of processor time are spent.

    Or until as many were waited for other machines (``search.budget``), which ``ask`` does in this
    thread: the next question has what is left of the scarcer of both. Raises what ``ask`` does.
    """
    started, begun, waited_before = perf_counter(), thread_time(), waited()
    answers: list[SearchResponse | None] = []
    for question in questions:
        spent = max(thread_time() - begun, waited() - waited_before)
        left = int(budget_ms - spent * 1000)
        answers.append(ask(replace(question, budget_ms=left)) if left > 0 else None)
    unanswered = answers.count(None)
    return Many(
        tuple(answers),
        unanswered,
        bool(unanswered) or any(one is not None and one.partial for one in answers),
        (perf_counter() - started) * 1000,
        generation,
    )
