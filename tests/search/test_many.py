"""Several questions in one request: in their order, as if asked alone, within one budget."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from time import thread_time

from search.engine import open_engine
from search.many import ask_many
from search.request import SearchRequest
from search.response import SearchResponse

QUESTIONS = [SearchRequest(one, per_page=2) for one in ("gempa", "", "beras", "gempa", "-gempa")]


def settled(response: SearchResponse | None) -> SearchResponse | None:
    return response and replace(response, took_ms=0.0, next_cursor=None)


def test_each_is_answered_in_its_place_as_if_asked_alone(sample_index: Path) -> None:
    engine = open_engine(sample_index)
    found = ask_many(engine.search, QUESTIONS, "g")
    alone = [settled(engine.search(one)) for one in QUESTIONS]
    assert [settled(one) for one in found.answers] == alone
    assert (found.unanswered, found.partial, found.generation) == (0, False, "g")


def test_what_the_budget_leaves_over_is_told_in_its_place(sample_index: Path) -> None:
    engine = open_engine(sample_index)
    asked: list[int] = []

    def slow(request: SearchRequest) -> SearchResponse:
        asked.append(request.budget_ms)
        end = thread_time() + 0.03
        while thread_time() < end:
            pass
        return engine.search(replace(request, budget_ms=2_000))

    found = ask_many(slow, QUESTIONS, "g", budget_ms=50)
    assert len(asked) == 2
    assert asked[0] > asked[1] > 0
    assert [one is None for one in found.answers] == [False, False, True, True, True]
    assert (found.unanswered, found.partial) == (3, True)


def test_an_answer_that_is_cut_short_makes_the_whole_partial(sample_index: Path) -> None:
    engine = open_engine(sample_index)
    cut = [SearchRequest("gempa")]
    found = ask_many(lambda one: replace(engine.search(one), partial=True), cut, "g")
    assert (found.unanswered, found.partial) == (0, True)
