"""Stemmers against gold lemmas of Universal Dependencies (PUD and GSD).

*Accuracy*: the share of rows (treebank, form, lemma, part of speech) whose stem is the lemma; forms
are alphabetic and lower-cased, every row has one vote. *Word families*: of the pairs of distinct
forms that share a stem, how many share a lemma (precision), and of those that share a lemma, how
many share a stem (recall). A form with several lemmas counts with its most frequent one.

An index tells families from their roots where readers do (``families.txt``), and lemmas do not:
*Warta* is the stemmer with roots, *Warta, as indexed* the same with those families apart.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from index.analysis import Stemmer, snowball


@dataclass(frozen=True, slots=True)
class Row:
    """A form of a treebank with its lemma, both lower-cased."""

    treebank: str
    form: str
    lemma: str


@dataclass(frozen=True, slots=True)
class Score:
    """How a stemmer did; all are shares from 0 to 1."""

    name: str
    gsd: float
    pud: float
    accuracy: float
    precision: float
    recall: float


def gold(data: Path) -> list[Row]:
    """The rows with alphabetic forms."""
    with (data / "stemming/lemma_pairs.tsv").open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Row(row["treebank"], row["form"].lower(), row["lemma"].lower())
            for row in rows
            if row["form"].isalpha()
        ]


def stemmers() -> dict[str, Callable[[str], str]]:
    """The peers and ours, by name."""
    import simplemma
    from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

    sastrawi = StemmerFactory().create_stemmer()
    # Its look-up scans a list of 30,000 words; a set gives the same answers in seconds.
    dictionary = sastrawi.delegatedStemmer.dictionary
    dictionary.words = set(dictionary.words)
    return {
        "no stemming": str,
        "Snowball": snowball,
        "Sastrawi": cache(sastrawi.stem),
        "simplemma": cache(lambda word: simplemma.lemmatize(word, lang="id").lower()),
        "Warta, as indexed": Stemmer(families=True).stem,
        "Warta": Stemmer().stem,
    }


def measure(rows: list[Row]) -> list[Score]:
    """Every stemmer's scores."""
    return [score(name, stem, rows) for name, stem in stemmers().items()]


def score(name: str, stem: Callable[[str], str], rows: list[Row]) -> Score:
    """One stemmer's scores."""
    stems = {row.form: stem(row.form) for row in rows}
    right = {
        bank: [stems[row.form] == row.lemma for row in rows if row.treebank in bank]
        for bank in (("gsd",), ("pud",), ("gsd", "pud"))
    }
    precision, recall = families(stems, _lemmas(rows))
    gsd, pud, both = (sum(votes) / len(votes) for votes in right.values())
    return Score(name, gsd, pud, both, precision, recall)


def families(stems: dict[str, str], lemmas: dict[str, str]) -> tuple[float, float]:
    """Precision and recall over pairs of forms."""
    together = _pairs(stems.values())
    belonging = _pairs(lemmas.values())
    both = _pairs((stems[form], lemmas[form]) for form in stems)
    return both / together if together else 1.0, both / belonging


def _pairs(keys: Iterable[object]) -> int:
    return sum(size * (size - 1) // 2 for size in Counter(keys).values())


def _lemmas(rows: list[Row]) -> dict[str, str]:
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        votes[row.form][row.lemma] += 1
    return {form: min(found, key=lambda one: (-found[one], one)) for form, found in votes.items()}


def table(scores: list[Score]) -> str:
    """The scores as they are kept in ``stems.md``."""
    rows = [
        "| stemmer | GSD | PUD | accuracy | family precision | family recall |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    rows += [
        f"| {one.name} | {one.gsd:.4f} | {one.pud:.4f} | {one.accuracy:.4f}"
        f" | {one.precision:.4f} | {one.recall:.4f} |"
        for one in scores
    ]
    return "\n".join(rows)
