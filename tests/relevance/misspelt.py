"""Misspellings made by rule from an archive's words, and names that it lacks: seeded lists."""

from __future__ import annotations

import gzip
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

from index.analysis import lexicon
from search.local.completing.company import articles_with
from search.local.reading.snapshot import Snapshot
from search.local.reading.vocabulary import is_plain

_SHORTEST = 5
_FREQUENT = 0.002
"""The share of articles that a frequent word is in."""
_RARER = 20
"""How many times rarer than the word its misspelling has to be."""
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_CAPITAL = re.compile(r"(?<=[a-z,] )[A-Z][A-Za-z]{2,19}\b")
_SMALL = re.compile(r"\b[a-z]+\b")


@dataclass(frozen=True, slots=True)
class Misspelt:
    """A query with one word misspelt, by which rule, and the query that was meant."""

    rule: str
    query: str
    meant: str


def _left_out(word: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(word))
    return word[:at] + word[at + 1 :]


def _doubled(word: str, rng: random.Random) -> str:
    at = rng.randrange(len(word))
    return word[:at] + word[at] + word[at:]


def _swapped(word: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _beside(word: str, rng: random.Random) -> str:
    at = rng.randrange(len(word))
    row = next(row for row in _ROWS if word[at] in row)
    place = row.index(word[at])
    return (
        word[:at]
        + rng.choice(row[max(place - 1, 0) : place] + row[place + 1 : place + 2])
        + (word[at + 1 :])
    )


def _sounds(word: str, rng: random.Random) -> str:
    pairs = (("sy", "s"), ("kh", "k"), ("f", "p"), ("v", "f"), ("z", "s"), ("p", "f"))
    found = [pair for pair in pairs if pair[0] in word[1:]]
    if not found:
        return word
    written, heard = rng.choice(found)
    return word[0] + word[1:].replace(written, heard, 1)


def _x_for_nya(word: str, rng: random.Random) -> str:
    del rng
    return word[:-3] + "x" if word.endswith("nya") else word


RULES: dict[str, Callable[[str, random.Random], str]] = {
    "left out": _left_out,
    "doubled": _doubled,
    "swapped": _swapped,
    "key beside": _beside,
    "sounds alike": _sounds,
    "x for -nya": _x_for_nya,
}


def misspellings(
    snapshot: Snapshot, bodies: Sequence[str], count: int, seed: int
) -> Iterator[Misspelt]:
    """As many queries with a frequent word misspelt: alone, then beside its neighbour in a text."""
    rng = random.Random(seed)
    rules = list(RULES)
    made = 0
    while made < count:
        rule = rules[made % len(rules)]
        pair = _pair(snapshot, rng.choice(bodies), rng, alone=made < count // 2)
        if pair is None:
            continue
        place = rng.randrange(len(pair))
        wrong = RULES[rule](pair[place], rng)
        if wrong == pair[place] or not _rarer(snapshot, wrong, pair[place]):
            continue
        yield Misspelt(rule, " ".join([*pair[:place], wrong, *pair[place + 1 :]]), " ".join(pair))
        made += 1


def _pair(
    snapshot: Snapshot, body: str, rng: random.Random, *, alone: bool
) -> tuple[str, ...] | None:
    """A frequent word of a text, or two that are neighbours in it."""
    tokens = [token.surface for token in snapshot.analysis.tokens(body)]
    size = 1 if alone else 2
    if len(tokens) < size:
        return None
    at = rng.randrange(len(tokens) - size + 1)
    words = tuple(tokens[at : at + size])
    return words if len(set(words)) == size and all(_frequent(snapshot, w) for w in words) else None


def _frequent(snapshot: Snapshot, word: str) -> bool:
    return (
        is_plain(word)
        and len(word) >= _SHORTEST
        and word not in lexicon().stop_words
        and snapshot.dictionary.document_frequency("body_exact", word) >= _FREQUENT * snapshot.size
    )


def _rarer(snapshot: Snapshot, wrong: str, meant: str) -> bool:
    frequency = snapshot.dictionary.document_frequency
    return frequency("body_exact", wrong) * _RARER <= frequency("body_exact", meant)


def names(snapshot: Snapshot, passages: Path, count: int, seed: int) -> list[str]:
    """Words of other texts that have a capital wherever they stand, of which no article has any.

    Those of one passage alone are left out: many are misspelt.
    """
    capitals: Counter[str] = Counter()
    small: set[str] = set()
    with gzip.open(passages) as file:
        for line in file:
            body = orjson.loads(line)["body"]
            capitals.update(set(_CAPITAL.findall(body)))
            small.update(_SMALL.findall(body))
    found = sorted(
        name
        for name, often in capitals.items()
        if often > 1
        and name.lower() not in small
        and not articles_with(snapshot, snapshot.analysis.stem(name.lower()))
    )
    return random.Random(seed).sample(found, min(count, len(found)))
