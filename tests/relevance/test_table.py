"""The committed table says what is reached: neither more nor less."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.evaluation.measures import ask, evaluate
from search.local import LocalEngine
from tests.relevance import table
from tests.relevance.sets import SETS, JudgedSet


@pytest.mark.parametrize("judged", SETS, ids=lambda one: one.name)
def test_the_ranking_reaches_the_committed_figures(
    judged: JudgedSet, data: Path, tmp_path: Path
) -> None:
    judged.build(data, tmp_path)
    engine = LocalEngine(tmp_path)
    queries = judged.sample(data)
    run = ask(engine, queries, lambda done, total: None)
    engine.close()
    reached = table.figures(evaluate(run, queries, judged.judgements(data)))
    kept = table.committed()[judged.name]["sample"]
    assert reached["queries"] == kept["queries"]
    # How many have a judgement says something about the judgements, not about the ranking.
    said = set(reached) - {"queries", "judged_10"}
    gains = {name: round(reached[name] - kept[name], 4) for name in sorted(said)}
    assert min(gains.values()) >= -judged.tolerance, f"less than in the table: {gains}"
    assert max(gains.values()) <= judged.tolerance, (
        f"the table is out of date ({gains}): python -m tests.relevance --write"
    )
