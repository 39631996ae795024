"""From texts to arrays of term ids, beside scans that only find words."""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median
from time import process_time

import numpy as np
import orjson

from index.analysis import TextAnalysis, lexicon
from index.analysis.bulk import Encoder

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Timing:
    """How one road did: articles, tokens and the median of processor seconds."""

    name: str
    articles: int
    tokens: int
    seconds: float


def bodies(data: Path) -> list[str]:
    """The bodies of the 27,091 articles."""
    with gzip.open(data / "news/articles-27k.jsonl.gz") as lines:
        return [orjson.loads(line)["body"] for line in lines]


def scan(texts: list[str]) -> int:
    """Find words, keep nothing."""
    return sum(len(_WORD.findall(text)) for text in texts)


def scan_to_ids(texts: list[str]) -> int:
    """Find lower-cased words and give them ids: no stems, no rules."""
    ids: dict[str, int] = defaultdict(count().__next__)
    found = [
        np.fromiter(map(ids.__getitem__, _WORD.findall(text.lower())), np.int32) for text in texts
    ]
    return sum(map(len, found))


def encode(texts: list[str]) -> int:
    """Our road, from cold: the word lists are read again too."""
    lexicon.cache_clear()
    return len(Encoder(TextAnalysis()).encode(texts).stems)


_warm = Encoder()


def encode_warm(texts: list[str]) -> int:
    """Our road where nearly all words were seen before, as in a large archive."""
    return len(_warm.encode(texts).stems)


ROADS: dict[str, Callable[[list[str]], int]] = {
    r"re.findall(r'\w+')": scan,
    r"re.findall(r'\w+') of lower-cased text, ids by dict": scan_to_ids,
    "Warta: stem ids and surface ids, from cold caches": encode,
    "Warta: the same, all words seen before": encode_warm,
}


def measure(texts: list[str], rounds: int) -> list[Timing]:
    """Every road ``rounds`` times, in turns."""
    encode_warm(texts)
    seconds: dict[str, list[float]] = {name: [] for name in ROADS}
    tokens = {}
    for _ in range(rounds):
        for name, road in ROADS.items():
            started = process_time()
            tokens[name] = road(texts)
            seconds[name].append(process_time() - started)
    return [Timing(name, len(texts), tokens[name], median(seconds[name])) for name in ROADS]


def table(timings: list[Timing]) -> str:
    """The timings as a table; the first is what the others are compared with."""
    first = timings[0].seconds
    rows = ["| road | tokens | articles/s | time |", "| --- | ---: | ---: | ---: |"]
    rows += [
        f"| {one.name} | {one.tokens:,} | {one.articles / one.seconds:,.0f} "
        f"| {one.seconds / first:.2f} × |"
        for one in timings
    ]
    return "\n".join(rows)
