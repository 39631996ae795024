"""``python -m tests.relevance.completing``: suggestions for names and headlines that are cut.

Names are runs of two or three capitalised words within sentences of bodies or in headlines, which
many articles have; headlines are any. All are drawn by a seed and cut after one to three letters of
the last word. What was cut is right; printed is how often it comes first, and within eight.

With ``--held-out`` names and headlines are those of every second article, and the others are the
archive: then only names count that both have, as nothing else can be known.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from index.analysis import analysis, is_stop_word
from index.article import Article
from index.build import LocalTarget
from index.sources import ReadReport, read_articles
from index.target import BuildOptions
from search.engine import SearchEngine
from search.local import LocalEngine
from tests.relevance.sets import DATA_OPTION

SHOWN = 8
"""As many suggestions as the page asks for."""

_WORD = r"[A-Z][\w'\u2019-]+"
_RUN = re.compile(rf"(?<=[a-z,] )({_WORD}(?: {_WORD}){{1,2}})(?![\w'\u2019-]| [A-Z])")
_FEWEST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Cut:
    """What is typed, and what it is the beginning of."""

    typed: str
    whole: str


def archive(path: Path) -> list[Article]:
    """The articles of a file."""
    return list(read_articles([path], ReadReport()))


def names(articles: Sequence[Article], *, titles: bool, fewest: int) -> list[str]:
    """The names that so many articles have in their titles or in their bodies, the commonest first.

    None with a stop word at its end.
    """
    found: Counter[str] = Counter()
    for one in articles:
        text = one.title if titles else one.body
        found.update({match[1] for match in _RUN.finditer(text)})
    return [
        name
        for name, count in found.most_common()
        if count >= fewest and not is_stop_word(name.split()[-1].lower())
    ]


def headlines(articles: Sequence[Article]) -> list[str]:
    """Those of four words or more, each once."""
    found = (" ".join(one.title.split()) for one in articles if not one.derived_title)
    return [one for one in dict.fromkeys(found) if len(one.split()) >= _FEWEST_WORDS]


def cuts(wholes: Sequence[str], number: int, seed: int) -> list[Cut]:
    """So many of them, each cut after one to three letters of its last word."""
    rng = random.Random(seed)
    found = []
    for whole in rng.sample(wholes, min(number, len(wholes))):
        before, _, last = whole.rpartition(" ")
        left = rng.randint(1, min(3, max(len(last) - 1, 1)))
        found.append(Cut(f"{before} {last[:left]}", whole))
    return found


def rank(engine: SearchEngine, one: Cut) -> int | None:
    """The place of what was cut among what is suggested, from 0 on, compared by words."""
    wanted = _words(one.whole)
    for place, suggestion in enumerate(engine.suggest(one.typed, SHOWN)):
        if _words(suggestion.text) == wanted:
            return place
    return None


def _words(text: str) -> list[str]:
    return [token.surface for token in analysis().tokens(text)]


def shares(ranks: Sequence[int | None]) -> tuple[float, float]:
    """How often the first place is right, and one of them."""
    there = [one for one in ranks if one is not None]
    return sum(one == 0 for one in there) / len(ranks), len(there) / len(ranks)


def sets(articles: Sequence[Article]) -> dict[str, list[str]]:
    """What is cut, by how it is called."""
    return {
        "names in 10 bodies": names(articles, titles=False, fewest=10),
        "names in 20 bodies": names(articles, titles=False, fewest=20),
        "names in 5 headlines": names(articles, titles=True, fewest=5),
        "headlines": headlines(articles),
    }


def _measured(
    engine: SearchEngine, wholes: Iterable[tuple[str, list[str]]], number: int, seeds: Sequence[int]
) -> None:
    for name, some in wholes:
        found = [shares([rank(engine, one) for one in cuts(some, number, seed)]) for seed in seeds]
        click.echo(f"{name}: " + ", ".join(f"{first:.1%} / {shown:.1%}" for first, shown in found))


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@DATA_OPTION
@click.option("--number", type=click.IntRange(1), default=200, show_default=True)
@click.option("--seeds", type=int, multiple=True, default=(1, 2, 3), show_default=True)
@click.option("--held-out", is_flag=True, help="Index the one half, cut what the other has.")
def main(data: Path, number: int, seeds: tuple[int, ...], held_out: bool) -> None:
    """Print how often what was cut comes first, and within eight, for each seed."""
    articles = archive(data / "news/articles-27k.jsonl.gz")
    known, asked = (articles[::2], articles[1::2]) if held_out else (articles, articles)
    with TemporaryDirectory(prefix="warta-completing-") as folder:
        LocalTarget(Path(folder) / "index").rebuild(known, BuildOptions())
        engine = LocalEngine(Path(folder) / "index")
        wholes = sets(asked)
        if held_out:
            del wholes["headlines"]
            there = {name: frozenset(some) for name, some in _all_names(known).items()}
            wholes = {
                name: [one for one in some if one in there[name]] for name, some in wholes.items()
            }
        _measured(engine, wholes.items(), number, seeds)
        engine.close()


def _all_names(articles: Sequence[Article]) -> dict[str, list[str]]:
    """Those that the sets may have of an archive, however few articles have them."""
    bodies = names(articles, titles=False, fewest=1)
    return {
        "names in 10 bodies": bodies,
        "names in 20 bodies": bodies,
        "names in 5 headlines": names(articles, titles=True, fewest=1),
    }


if __name__ == "__main__":
    main()
