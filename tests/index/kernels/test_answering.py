"""Answers made in one call are those of their steps, and odd questions and plans end in errors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import perf_counter
from types import SimpleNamespace
from typing import Any

import pytest

from index.dates import local_today
from index.kernels import kernel
from search.budget import Budget, PythonBudget
from search.cursor import Cursor
from search.json_shapes import as_json
from search.local.engine import LocalEngine
from search.local.opened import Opened
from search.local.page.at_once import Steps
from search.local.page.hits import hit_maker
from search.local.page.order import moment_of
from search.making import maker_of
from search.request import Partial, SearchRequest, Sort
from search.response import Hit, SearchResponse
from tests.search.local.archives import write_archive
from tests.search.local.roads import HEADLINES, QUERIES, archive

pytestmark = pytest.mark.skipif(kernel("answering") is None, reason="the kernels are not in use")

TODAY = date(2024, 5, 17)
PLAIN = SearchRequest(HEADLINES[0], facets=False, snippets=False, today=TODAY)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    path: Path = tmp_path_factory.mktemp("index")
    articles = archive(160, seed=16)
    write_archive(path, [articles[:90], articles[90:]], {3, 77})
    engine = LocalEngine(path)
    with engine._current.reading() as found:
        yield found
    engine.close()


def ask(opened: Opened, request: SearchRequest, plan: Any = None) -> tuple[Any, list[int]]:
    """The answer, and the work that was counted of finding and of the page."""
    whole = Budget(60.0)
    plan = plan or opened.plans.plan(request.query, whole, today=request.today)
    finding, of_page = whole.part(opened.finding), whole.part(opened.of_page)
    assert opened.answering is not None
    found = opened.answering.of(request, plan, whole, finding, of_page, None, perf_counter())
    return found, [finding.work, of_page.work]


OTHERWISE: tuple[dict[str, Any], ...] = (
    {"explain": True},
    {"collapse": True},
    {"sort": Sort.NEWEST},
    {"partial": Partial.OFF},
    {"recency": 9.0},
    {"years": ("2024",)},
    {"date_from": TODAY},
)


@pytest.mark.parametrize("asked", OTHERWISE, ids=lambda asked: next(iter(asked)))
def test_what_takes_more_is_left_to_the_steps(opened: Opened, asked: dict[str, Any]) -> None:
    assert ask(opened, replace(PLAIN, **asked)) == (None, [0, 0])


def test_most_questions_are_answered(opened: Opened) -> None:
    answered = [ask(opened, replace(PLAIN, query=query))[0] for query in QUERIES]
    assert len([one for one in answered if one is not None]) > len(QUERIES) // 2
    totals = {one.total for one in answered if one is not None}
    assert len(totals) > 3


def test_budgets_that_do_not_last_leave_it_to_the_steps(opened: Opened) -> None:
    _, needed = ask(opened, PLAIN)
    assert opened.answering is not None
    plan = opened.plans.plan(PLAIN.query, Budget(60.0), today=TODAY)
    for finding, of_page in ((needed[0] - 1, 1 << 40), (1 << 40, 0), (-1, -1)):
        whole = Budget(60.0)
        parts = whole.part(finding), whole.part(of_page)
        assert opened.answering.of(PLAIN, plan, whole, *parts, None, 0.0) is None
        assert [one.work for one in parts] == [0, 0]
        late = Budget(-1.0)
        parts = late.part(), late.part()
        assert opened.answering.of(PLAIN, plan, late, *parts, None, 0.0) is None


@pytest.mark.parametrize(
    "day", [date.min, date(1969, 12, 31), TODAY, local_today(), date(9998, 1, 1)]
)
def test_the_cursor_has_the_moment_of_the_day(opened: Opened, day: date) -> None:
    before = moment_of(day)
    found, _ = ask(opened, replace(PLAIN, query="kereta", per_page=2, today=day))
    after = moment_of(day)
    assert before <= Cursor.decode(found.next_cursor, Sort.RELEVANCE).now <= after


class Odd(SimpleNamespace):
    """A plan of which something is odd."""


ODD: tuple[dict[str, Any], ...] = (
    *({"stage": odd} for odd in (None, (), (1,) * 5, (0, None, None, (), 0.0), 7, "stage")),
    {"stage": (8, ((None, 1.0),), None, (), 0.0)},
    *({"price": odd} for odd in ((1,), ("1", 2), 7, (1 << 70, 1))),
    *({"ready": odd} for odd in (7, SimpleNamespace(), None)),
    *({"question": odd} for odd in (None, 7)),
    *({"complete_first": odd} for odd in ("yes",)),
    *({"spares_words": odd, "lacking": odd} for odd in (True, 7)),
)


@pytest.mark.parametrize("odd", ODD, ids=str)
def test_odd_plans_are_refused_or_read(opened: Opened, odd: dict[str, Any]) -> None:
    plan = opened.plans.plan(PLAIN.query, Budget(60.0), today=TODAY)
    names = ("ready", "stage", "price", "complete_first", "spares_words", "question", "offers")
    more = ("flat", "lacking", "spared_texts", "features")
    told = {name: getattr(plan, name) for name in (*names, *more)}
    for fields in (told, {**told, **odd}):
        try:
            found, _ = ask(opened, PLAIN, Odd(**fields))
        except (TypeError, ValueError, AttributeError, OverflowError):
            assert fields is not told
        else:
            assert found is None or found.total >= 0


@pytest.mark.parametrize(
    "odd",
    [
        *({"page": odd} for odd in (0, -1, 1 << 70, None, "1")),
        *({"per_page": odd} for odd in (0, 1 << 40)),
        *({"today": odd} for odd in (None, 7)),
        *({"query": odd} for odd in (None, 7)),
        *({"notes": odd} for odd in (None, (7,))),
    ],
    ids=str,
)
def test_odd_requests_are_refused_or_read(opened: Opened, odd: dict[str, Any]) -> None:
    names = (
        *("restricted", "explain", "collapse", "sort", "partial", "cursor", "recency", "page"),
        *("per_page", "today", "query", "snippets", "bodies", "notes", "offering", "date_from"),
        "date_to",
    )
    plan = opened.plans.plan(PLAIN.query, Budget(60.0), today=TODAY)
    request: Any = Odd(**{**{name: getattr(PLAIN, name) for name in names}, **odd})
    try:
        found, _ = ask(opened, request, plan)
    except (TypeError, ValueError, AttributeError, OverflowError):
        return
    assert found is None or found.total >= 0


def test_budgets_of_another_kind_are_refused(opened: Opened) -> None:
    assert opened.answering is not None
    plan = opened.plans.plan(PLAIN.query, Budget(60.0), today=TODAY)
    for odd in (None, PythonBudget(60.0), 7):
        for place in range(3):
            budgets: list[Any] = [Budget(60.0), Budget(60.0), Budget(60.0)]
            budgets[place] = odd
            whole, finding, of_page = budgets
            with pytest.raises(TypeError):
                opened.answering.of(PLAIN, plan, whole, finding, of_page, None, 0.0)


ODD_TEXTS = ("", "a  b", "kereta OR", "gubernur\x00bali", "\ud800", "bali " * 40)


def test_a_text_is_answered_as_its_plan_is(tmp_path: Path) -> None:
    """With a budget plans come first, without one the text does: the same, again as at first."""
    articles = archive(160, seed=17)
    write_archive(tmp_path, [articles[:90], articles[90:]], {3, 77})
    by_plan, by_text = LocalEngine(tmp_path), LocalEngine(tmp_path)
    for _ in range(2):
        for query in (
            *QUERIES,
            "",
            "a  b",
            "kereta OR",
            "gubernur\x00bali",
            "\ud800",
            "bali " * 40,
        ):
            for more in ({}, {"correct": False}, {"page": 2, "per_page": 3}, {"snippets": True}):
                request = replace(PLAIN, query=query, **more)
                one, other = by_plan.search(request, Budget(60.0)), by_text.search(request)
                assert seals(one) == seals(other)
                assert told(one) == told(other)
    by_plan.close()
    by_text.close()


def told(response: SearchResponse) -> dict[str, Any]:
    found: dict[str, Any] = as_json(response)
    del found["took_ms"], found["next_cursor"]
    return found


def seals(response: SearchResponse) -> str | None:
    return None if response.next_cursor is None else response.next_cursor[-8:]


def test_a_cursor_of_a_text_leads_on(tmp_path: Path) -> None:
    articles = archive(160, seed=18)
    write_archive(tmp_path, [articles], set())
    engine = LocalEngine(tmp_path)
    request = replace(PLAIN, query="kereta", per_page=7)
    every = engine.search(replace(request, per_page=100)).hits
    hits: list[Hit] = []
    response = engine.search(request)
    while True:
        hits += response.hits
        if response.next_cursor is None:
            break
        response = engine.search(replace(request, cursor=response.next_cursor))
    assert [hit.id for hit in hits[:100]] == [hit.id for hit in every]
    assert len({hit.id for hit in hits}) == len(hits) > 100
    engine.close()


def test_texts_of_operators_are_left_to_the_steps(tmp_path: Path) -> None:
    articles = archive(60, seed=19)
    write_archive(tmp_path, [articles], set())
    engine = LocalEngine(tmp_path)
    with engine._current.reading() as found:
        assert found.answering is not None
        assert isinstance(
            found.answering.search(replace(PLAIN, query='"kereta cepat"'), 0.0), Budget
        )
        assert isinstance(
            found.answering.search(replace(PLAIN, query="kereta -cepat"), 0.0), Budget
        )
        assert found.answering.search(replace(PLAIN, explain=True), 0.0) is None
        answer = found.answering.search(replace(PLAIN, query="kereta cepat"), 0.0)
        assert isinstance(answer, SearchResponse)
    engine.close()


@pytest.mark.parametrize("lacks", ["texts", "planner"])
def test_plans_are_kept_only_of_what_makes_them(opened: Opened, lacks: str) -> None:
    plans = opened.plans
    makers: dict[str, Any] = {"texts": plans.texts, "planner": plans.planner, lacks: None}
    rows, snapshot = opened.rows, opened.snapshot
    with pytest.raises(TypeError):
        kernel("answering").Answering(
            *(rows.scorer, snapshot.columns.paging, snapshot.shelf, hit_maker),
            maker_of(SearchResponse, {}),
            of_none=((), (), (), None),
            generation="",
            relevance=1,
            off=2,
            day=1,
            begins=(0, 0),
            term=1,
            compared=1,
            clock=perf_counter,
            steps=Steps(rows, plans),
            planned=plans.kept,
            corrects=True,
            order=0,
            most=(1, 1, 1),
            deleted=False,
            **makers,
        )
