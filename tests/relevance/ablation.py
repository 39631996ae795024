"""``python -m tests.relevance.ablation``: what is lost where one part of ranking is left out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from search.evaluation.measures import Evaluated, ask, compare, evaluate
from search.local import LocalEngine
from search.local.scoring.ranking import Ranking
from tests.bench.tables import row, table_head
from tests.relevance.fit import with_value
from tests.relevance.sets import DATA_OPTION, SETS, JudgedSet

LEFT_OUT: Mapping[str, Mapping[str, Any]] = {
    "surface forms": {"weights.title_exact": 0.0, "weights.body_exact": 0.0},
    "lead": {"model.lead.near": 0.0, "model.lead.far": 0.0},
    "lesser words": {"weights.spared": 1.0},
    "names": {"weights.name": 1.0, "weights.name_words": 0.0},
    "partial matches": {"partial": False},
    "all words first": {"most_lacking": 0},
    "correction": {"correction": False},
    "pairs": {"features.pairs": 0.0},
    "answers": {"features.answers": 0.0},
    "alike": {"features.alike": 0.0},
    "headline": {"features.headline": 0.0},
    "verbatim": {"features.verbatim": 0.0},
}
"""Each part by the values that switch it off."""


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@DATA_OPTION
def main(data: Path) -> None:
    """Ask all queries once for each part that is left out, and say what the sets lose."""
    rankings = {"": Ranking()} | {name: _without(values) for name, values in LEFT_OUT.items()}
    cells: dict[str, list[str]] = {name: [] for name in LEFT_OUT}
    for one in SETS:
        found = _asked(one, rankings, data)
        for name in LEFT_OUT:
            loss = compare(found[name], found[""])[one.main]
            cells[name].append(f"{loss.difference:+.4f} ({loss.p:.4f})")
    lines = table_head("without", *(f"{one.name} (p)" for one in SETS))
    click.echo("\n".join([*lines, *(row(name, *of) for name, of in cells.items())]))


def _without(values: Mapping[str, Any]) -> Ranking:
    ranking = Ranking()
    for name, value in values.items():
        ranking = with_value(ranking, name, value)
    return ranking


def _asked(judged: JudgedSet, rankings: Mapping[str, Ranking], data: Path) -> dict[str, Evaluated]:
    queries, judgements = judged.queries(data), judged.judgements(data)
    found = {}
    with TemporaryDirectory(prefix="warta-ablation-") as folder:
        judged.build(data, Path(folder))
        for name, ranking in rankings.items():
            engine = LocalEngine(Path(folder), ranking)
            run = ask(engine, queries, lambda done, total: None)
            engine.close()
            found[name] = evaluate(run, queries, judgements)
    return found


if __name__ == "__main__":
    main()
