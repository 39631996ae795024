"""The committed figures and the printed ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

from search.evaluation.measures import Evaluated, compare
from tests.bench.tables import row, table_head
from tests.relevance.sets import JudgedSet

PATH = Path(__file__).with_name("table.json")

Figures = dict[str, float]
"""Means by the names of ``Measures``, and the number of queries."""


@dataclass(frozen=True, slots=True)
class Result:
    """A set with all of its queries and with the tests' sample, and others on all of them.

    ``others`` are by name, the baseline first.
    """

    judged: JudgedSet
    whole: Evaluated
    sample: Evaluated
    others: Mapping[str, Evaluated]


def figures(found: Evaluated) -> Figures:
    """The means to four digits."""
    means = {name: round(mean, 4) for name, mean in asdict(found.mean).items()}
    return {"queries": len(found.queries), **means}


def committed() -> dict[str, dict[str, Figures]]:
    """The figures in ``table.json`` by set, then ``whole`` or ``sample``."""
    table: dict[str, dict[str, Figures]] = orjson.loads(PATH.read_bytes())
    return table


def write(results: list[Result]) -> None:
    """Write ``table.json``."""
    table = {
        one.judged.name: {"whole": figures(one.whole), "sample": figures(one.sample)}
        for one in results
    }
    PATH.write_bytes(orjson.dumps(table, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


def markdown(results: list[Result]) -> str:
    """A row for each set; beside each other ranking, what is gained on it and p."""
    names = list(results[0].others)
    measures = ("MRR@10", "nDCG@10", "success@1", "recall@100", "judged@10")
    versus = [cell for name in names for cell in (name, "difference", "p")]
    lines = table_head("set", "queries", *measures, "main measure", *versus)
    for one in results:
        main = one.judged.main
        cells = [f"{mean:.4f}" for mean in asdict(one.whole.mean).values()]
        others = []
        for name in names:
            gain = compare(one.whole, one.others[name])[main]
            mean = getattr(one.others[name].mean, main)
            others += [f"{mean:.4f}", f"{gain.difference:+.4f}", f"{gain.p:.5f}"]
        label = {"mrr_10": "MRR@10", "ndcg_10": "nDCG@10"}[main]
        count = f"{len(one.whole.queries):,}"
        lines.append(row(one.judged.name, count, *cells, label, *others))
    return "\n".join(lines)
