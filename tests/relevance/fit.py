"""``python -m tests.relevance.fit``: the coefficients of ranking, by coordinate ascent.

One coefficient after the other takes the value of its grid with the highest objective, until none
changes. The objective is the sum of the sets' main measures; the few topics of news count half. All
coefficients begin where they do nothing. The same is done without each fifth of the queries, and
what the fifths reach with coefficients that did not see them is the cross-validated figure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray

from search.evaluation.measures import ask, evaluate
from search.local import LocalEngine
from search.local.scoring.ranking import Features, Ranking
from search.local.weighting import BM25, Lead
from tests.bench.tables import row, table_head
from tests.relevance.sets import DATA_OPTION, SETS, JudgedSet

GRID: Mapping[str, tuple[float, ...]] = {
    "model.lead.far": (0.0, 1.0, 2.0, 3.0),
    "model.lead.near": (0.0, 0.3, 0.6, 1.0),
    "features.pairs": (0.0, 0.2, 0.4, 0.8),
    "features.answers": (0.0, 0.3, 0.6, 1.0),
    "weights.spared": (1.0, 0.5, 0.25, 0.1),
    "weights.name": (1.0, 1.2, 1.4),
    "weights.name_words": (0.0, 0.25, 0.5, 0.75),
}
"""The values that each coefficient may take; the first is where it begins."""

START = Ranking(model=BM25(lead=Lead(near=0.0, far=0.0)), features=Features(pairs=0.0, answers=0.0))
"""What is no coefficient stays as it is committed."""

_FOLDS = 5
_NEWS_SHARE = 0.5

Figures = Mapping[str, NDArray[np.float64]]
"""The main measure of every query, (n,), by set."""

Masks = Mapping[str, NDArray[np.bool_]]
"""Which queries count, (n,), by set."""


@dataclass(frozen=True)
class Measured:
    """Rankings on the judged sets, each asked once."""

    ask: Callable[[Ranking], Figures]
    known: dict[Ranking, Figures]

    def figures(self, ranking: Ranking) -> Figures:
        """The figures of a ranking."""
        if ranking not in self.known:
            self.known[ranking] = self.ask(ranking)
        return self.known[ranking]

    def objective(self, ranking: Ranking, counting: Masks) -> float:
        """What is to be as high as possible."""
        return sum(
            (_NEWS_SHARE if name.startswith("news") else 1.0)
            * float(figures[counting[name]].mean())
            for name, figures in self.figures(ranking).items()
        )


def ascend(measured: Measured, counting: Masks) -> Ranking:
    """The ranking of the grid that no single coefficient makes better."""
    best = START
    for name, values in GRID.items():
        best = with_value(best, name, values[0])
    highest = measured.objective(best, counting)
    changed = True
    while changed:
        changed = False
        for name, values in GRID.items():
            for value in values:
                tried = with_value(best, name, value)
                reached = measured.objective(tried, counting)
                if reached > highest:
                    best, highest, changed = tried, reached, True
    return best


def with_value(ranking: Any, name: str, value: float) -> Any:
    """A nested dataclass with one field, ``a.b.c``, set."""
    first, dot, rest = name.partition(".")
    inside = with_value(getattr(ranking, first), rest, value) if dot else value
    return replace(ranking, **{first: inside})


def value_of(ranking: object, name: str) -> float:
    """The field ``a.b.c`` of a nested dataclass."""
    for part in name.split("."):
        assert is_dataclass(ranking)
        assert part in {field.name for field in fields(ranking)}
        ranking = getattr(ranking, part)
    assert isinstance(ranking, float)
    return ranking


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@DATA_OPTION
@click.option("--every", type=click.IntRange(1), default=1, help="Ask every N-th query only.")
def main(data: Path, every: int) -> None:
    """Fit the coefficients and say what they reach on queries that they have not seen."""
    with TemporaryDirectory(prefix="warta-fit-") as folder, ProcessPoolExecutor() as pool:
        indexes = {}
        for one in reversed(SETS):  # those with large archives first: they take longest
            indexes[one] = Path(folder) / one.name
            one.build(data, indexes[one])
        measured = Measured(lambda ranking: _asked(pool, ranking, indexes, data, every), {})
        _report(measured)


def _asked(
    pool: Executor, ranking: Ranking, indexes: Mapping[JudgedSet, Path], data: Path, every: int
) -> Figures:
    tasks = {
        one.name: pool.submit(_figures, one, index, ranking, data, every)
        for one, index in indexes.items()
    }
    found = {name: task.result() for name, task in tasks.items()}
    click.echo(
        ", ".join(f"{name} {value_of(ranking, name):g}" for name in GRID)
        + ": "
        + " ".join(f"{name} {figures.mean():.4f}" for name, figures in found.items()),
        err=True,
    )
    return found


def _figures(
    one: JudgedSet, index: Path, ranking: Ranking, data: Path, every: int
) -> NDArray[np.float64]:
    """The main measure of a set's queries, which needs the first ten articles: (n,)."""
    queries = one.queries(data)
    step = 1 if one.name.startswith("news") else every
    queries = {identity: queries[identity] for identity in list(queries)[::step]}
    engine = LocalEngine(index, ranking)
    run = ask(engine, queries, lambda done, total: None, depth=10)
    engine.close()
    measures = evaluate(run, queries, one.judgements(data)).queries
    return np.array([getattr(each, one.main) for each in measures.values()])


def _report(measured: Measured) -> None:
    sizes = {name: len(figures) for name, figures in measured.figures(START).items()}
    random = np.random.default_rng(1)
    folds: dict[str, NDArray[np.int64]] = {
        name: random.permutation(size) % _FOLDS for name, size in sizes.items()
    }
    lines = table_head("without fold", *GRID)
    unseen = {name: np.zeros(size) for name, size in sizes.items()}
    for fold in range(_FOLDS):
        fitted = ascend(measured, {name: of != fold for name, of in folds.items()})
        for name, figures in measured.figures(fitted).items():
            inside = folds[name] == fold
            unseen[name][inside] = figures[inside]
        lines.append(row(str(fold), *(f"{value_of(fitted, name):g}" for name in GRID)))
    whole = ascend(measured, {name: of >= 0 for name, of in folds.items()})
    lines.append(row("none", *(f"{value_of(whole, name):g}" for name in GRID)))
    lines += ["", *table_head("", *sizes)]
    for label, means in (
        ("before fitting", measured.figures(START)),
        ("fitted on all", measured.figures(whole)),
        ("cross-validated", unseen),
        ("as committed", measured.figures(Ranking())),
    ):
        lines.append(row(label, *(f"{means[name].mean():.4f}" for name in sizes)))
    click.echo("\n".join(lines))


if __name__ == "__main__":
    main()
