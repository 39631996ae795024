"""Several questions in one request: in their order, as if asked alone, within one budget."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from time import thread_time

import pytest

from search.budget import Budget, wait
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


@pytest.mark.parametrize("slow", [0, 1, 4])
def test_what_is_not_asked_before_the_budget_is_spent_is_told_in_its_place(
    sample_index: Path, slow: int
) -> None:
    """One question takes all that is left to it; those before take next to nothing."""
    answer = open_engine(sample_index).search(QUESTIONS[0])
    asked: list[int] = []

    def spend(request: SearchRequest) -> SearchResponse:
        asked.append(request.budget_ms)
        end = thread_time() + request.budget_ms / 1000
        while len(asked) > slow and thread_time() < end:
            pass
        return answer

    found = ask_many(spend, QUESTIONS, "g", budget_ms=100)
    assert len(asked) == slow + 1
    assert asked == sorted(asked, reverse=True)
    assert [one is None for one in found.answers] == [number > slow for number in range(5)]
    assert (found.unanswered, found.partial) == (4 - slow, slow < 4)


def test_without_any_budget_nothing_is_asked(sample_index: Path) -> None:
    found = ask_many(open_engine(sample_index).search, QUESTIONS, "g", budget_ms=0)
    assert (set(found.answers), found.unanswered, found.partial) == ({None}, 5, True)


def test_an_answer_that_is_cut_short_makes_the_whole_partial(sample_index: Path) -> None:
    engine = open_engine(sample_index)
    cut = [SearchRequest("gempa")]
    found = ask_many(lambda one: replace(engine.search(one), partial=True), cut, "g")
    assert (found.unanswered, found.partial) == (0, True)


def test_waiting_for_other_machines_is_bounded_for_all_questions_together(
    sample_index: Path,
) -> None:
    answer = open_engine(sample_index).search(QUESTIONS[0])
    asked: list[int] = []

    def waiting(request: SearchRequest) -> SearchResponse:
        asked.append(request.budget_ms)
        wait(Budget(request.budget_ms / 1000), 40.0)
        return answer

    for _ in range(2):  # What was waited for before counts for nothing.
        del asked[:]
        found = ask_many(waiting, QUESTIONS, "g", budget_ms=100_000)
        assert [round(left / 1000) for left in asked] == [100, 60, 20]
        assert (found.unanswered, found.partial) == (2, True)
