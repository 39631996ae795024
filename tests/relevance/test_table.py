"""The committed table says what is reached: neither more nor less."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from search.evaluation.measures import ask, evaluate
from search.local import LocalEngine
from tests.conftest import LONG
from tests.relevance import table
from tests.relevance.sets import SETS, JudgedSet


@pytest.fixture(scope="module")
def built(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[JudgedSet], Path]:
    """Gives a set's index, which sets of the same articles share."""

    @cache
    def of(file: str, titles: bool) -> Path:
        path = tmp_path_factory.mktemp("judged")
        one = next(one for one in SETS if (one.file, one.titles) == (file, titles))
        one.build(data, path)
        return path

    return lambda judged: of(judged.file, judged.titles)


@pytest.mark.parametrize("judged", SETS, ids=lambda one: one.name)
def test_the_ranking_reaches_the_committed_figures(
    judged: JudgedSet, data: Path, built: Callable[[JudgedSet], Path]
) -> None:
    engine = LocalEngine(built(judged))
    queries = judged.queries(data) if LONG else judged.sample(data)
    run = ask(engine, queries, lambda done, total: None)
    engine.close()
    reached = table.figures(evaluate(run, queries, judged.judgements(data)))
    kept = table.committed()[judged.name]["whole" if LONG else "sample"]
    assert reached["queries"] == kept["queries"]
    # How many have a judgement says something about the judgements, not about the ranking.
    said = set(reached) - {"queries", "judged_10"}
    gains = {name: round(reached[name] - kept[name], 4) for name in sorted(said)}
    assert min(gains.values()) >= -judged.tolerance, f"less than in the table: {gains}"
    assert max(gains.values()) <= judged.tolerance, (
        f"the table is out of date ({gains}): python -m tests.relevance --write"
    )
