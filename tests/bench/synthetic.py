"""Synthetic archives of any size whose vocabulary grows as that of real news does.

An article has the title, date, source, category and number of sentences of one real article, and
its sentences are drawn from all real ones: common words keep their frequencies. Resampling alone
would soon bring no new word, so made-up words join in: as many as lack to Heaps' law, V = K nᵝ
distinct words among n (Heaps, 1978), with K and β of the real articles. Beside each of them stands
an older made-up word, so that such a word is in two articles on average.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from tests.bench.corpora import records

_WORD = re.compile(r"\w+")
_SENTENCES = re.compile(r"(?<=[.!?])\s+")
_BATCH = 2_000
_CHECKPOINTS = 16
_SYLLABLES = [first + second for first in "bdghjklmnprst" for second in "aiueo"]
_LENGTH = 5  # syllables
_SCATTER = 611_953  # shares no factor with the number of words: neighbours look unlike each other


@dataclass(frozen=True, slots=True)
class Heaps:
    """The distinct words among n: ``factor`` times n to the ``exponent``."""

    factor: float
    exponent: float

    def distinct(self, words: float) -> float:
        """How many distinct ones there are among so many."""
        return float(self.factor * words**self.exponent)


@dataclass(frozen=True, slots=True)
class Stock:
    """What is resampled.

    ``heads`` are JSON without its end, ``sentences`` the inside of JSON strings. lengths:
    (heads,) int64, sentences of each article; words: (sentences,) int64, words of each.
    ``spectrum[k]`` is how many words stand in k sentences.
    """

    heads: list[bytes]
    lengths: NDArray[np.int64]
    sentences: list[bytes]
    words: NDArray[np.int64]
    spectrum: dict[int, int]
    heaps: Heaps

    def seen(self, drawn: int) -> float:
        """The expected distinct words among so many drawn sentences."""
        rate = drawn / len(self.sentences)
        times = np.fromiter(self.spectrum, np.float64)
        words = np.fromiter(self.spectrum.values(), np.float64)
        return float((words * -np.expm1(-rate * times)).sum())


def stock(path: Path, seed: int) -> Stock:
    """Read real articles; their order is shuffled for the fit, so that no topic comes late."""
    found = [(_head(record), record.get("body") or "") for record in records(path)]
    order = np.random.default_rng(seed).permutation(len(found)).tolist()
    heads, lengths, sentences, words = [], [], [], []
    sentences_of: Counter[str] = Counter()
    growth = []
    for number in order:
        head, body = found[number]
        parts = [part for part in _SENTENCES.split(body) if part]
        heads.append(head)
        lengths.append(len(parts))
        for part in parts:
            tokens = _WORD.findall(part.lower())
            sentences.append(orjson.dumps(part)[1:-1])
            words.append(len(tokens))
            sentences_of.update(set(tokens))
        growth.append(len(sentences_of))
    totals = list(accumulate(words))
    ends = [totals[end - 1] if end else 0 for end in accumulate(lengths)]
    return Stock(
        heads,
        np.array(lengths),
        sentences,
        np.array(words),
        dict(Counter(sentences_of.values())),
        fit(np.array(ends), np.array(growth)),
    )


def fit(words: NDArray[np.int64], distinct: NDArray[np.int64]) -> Heaps:
    """Least squares of logarithms at evenly spaced articles, through the last point.

    words, distinct: (n,) int64, ascending. It is the end that is continued, so the first eighth,
    where vocabularies grow faster, is left out.
    """
    at = np.linspace(len(words) // 8, len(words) - 1, _CHECKPOINTS).astype(np.int64)
    x, y = np.log(words[at] / words[-1]), np.log(distinct[at] / distinct[-1])
    exponent = float((x * y).sum() / (x * x).sum())
    return Heaps(float(distinct[-1] / words[-1] ** exponent), exponent)


def write(stock: Stock, articles: int, folder: Path, seed: int) -> Path:
    """A JSON Lines file of so many articles; the smaller file is the beginning of the larger.

    One that is there already is left as it is.
    """
    path = folder / f"synthetic-{articles}.jsonl"
    if not path.exists():
        making = path.with_suffix(".part")
        with making.open("wb") as stream:
            stream.writelines(lines(stock, articles, seed))
        making.rename(path)
    return path


def lines(stock: Stock, articles: int, seed: int) -> Iterator[bytes]:
    """So many articles as JSON Lines."""
    random = np.random.default_rng(seed)
    drawn = words = made = 0
    for start in range(0, articles, _BATCH):
        # Always whole batches, so that every size begins with the same articles.
        heads = random.integers(0, len(stock.heads), _BATCH)
        ends = stock.lengths[heads].cumsum()
        chosen = random.integers(0, len(stock.sentences), int(ends[-1]))
        drawn += len(chosen)
        words += int(stock.words[chosen].sum())
        new = max(0, round(stock.heaps.distinct(words) - stock.seen(drawn)) - made)
        older = random.integers(0, made + 1, new)
        numbers = np.concatenate([np.arange(made, made + new), older])
        owners = np.sort(random.integers(0, _BATCH, len(numbers)))
        shuffled = random.permutation(numbers)
        bounds = np.searchsorted(owners, np.arange(_BATCH + 1)).tolist()
        texts = [stock.sentences[one] for one in chosen.tolist()]
        extra = [word(one) for one in shuffled.tolist()]
        made += new
        spans = pairwise([0, *ends.tolist()])
        for at, (head, (first, last)) in enumerate(zip(heads.tolist(), spans, strict=True)):
            if start + at == articles:
                return
            body = b" ".join(texts[first:last] + extra[bounds[at] : bounds[at + 1]])
            yield b'{"id":"s%08d",%s"body":"%s"}\n' % (start + at, stock.heads[head], body)


def word(number: int) -> bytes:
    """The made-up word of a number, which no other number has and nobody writes."""
    base = len(_SYLLABLES)
    rest = number * _SCATTER % base**_LENGTH
    found = ""
    for _ in range(_LENGTH):
        rest, syllable = divmod(rest, base)
        found += _SYLLABLES[syllable]
    return f"{found}x".encode()


def _head(record: dict[str, Any]) -> bytes:
    """The fields of an article that are not its id and body, and a comma."""
    kept = {
        name: record[name]
        for name in ("title", "url", "date", "source", "category")
        if record.get(name)
    }
    return orjson.dumps(kept)[1:-1] + b"," if kept else b""
