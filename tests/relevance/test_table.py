"""The committed table says what is reached: neither more nor less."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.evaluation import ask, evaluate
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
    gains = {name: round(figure - kept[name], 4) for name, figure in reached.items()}
    del gains["judged_10"]  # says something about the judgements, not about the ranking
    assert not {
        name: f"{kept[name]} was reached, now {reached[name]}"
        for name, gain in gains.items()
        if gain < -judged.tolerance
    }
    assert not any(gain > judged.tolerance for gain in gains.values()), (
        f"the table is out of date ({gains}): python -m tests.relevance --write"
    )
