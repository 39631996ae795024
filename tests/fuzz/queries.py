"""Asks an engine questions by chance: ``python -m tests.fuzz.queries COUNT SEED``.

Each has an answer, within the work that it may cost. What matches is what a twin says that looks at
one article after the other.
"""

from __future__ import annotations

import html
import random
import re
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from functools import partial
from math import inf, isfinite
from pathlib import Path

import orjson
import pytest

from index.analysis import analysis
from index.article import Article
from index.bilingual import Language
from index.build import LocalTarget
from index.fields import FACET_NAMES, SCOPES, Facet
from index.target import BuildOptions
from search.answers import search_answer
from search.budget import Budget
from search.errors import RequestError
from search.limits import MAX_QUERY_CHARACTERS
from search.local.engine import LocalEngine
from search.messages import sentence
from search.query.foreign import SINCE, STRANGERS, UNTIL
from search.query.parse import parse
from search.request import Partial, SearchRequest, Sort
from search.response import SearchResponse
from tests.conftest import ARCHIVE, article
from tests.fuzz.running import Fuzzer, main
from tests.fuzz.words import ODD, altered_text
from tests.search.local.twin import Twin
from tests.search.test_worst import OVER, most_work

HOSTILE = article(
    13,
    "\u0130stanbul & <zq9 onx='1'> \U0001f1ee\U0001f1e9 \u201cbanjir\u201d",
    "Jalan\u2011jalan di kota\u2019s \u1e9eTRASSE \ufb01nal. Ca\u0301fe 5,4 km; a_b c++ @akun"
    " #tagar 2*3 24/7 rumah-rumah \u6f22\u5b57 mempertanggungjawabkan\u200bnya.\n"
    + "antidisestablishmentarianism"
    * 12,
    "2024-02-29",
    source="<b>Kabar</b> & \u201cNiaga\u201d.com",
    category="Ekonomi/Niaga, dll.",
    place="Jakarta (Pusat)",
    author="D'Arcy O\u2019Neill",
)
ARTICLES = (*ARCHIVE, HOSTILE)

WORDS: tuple[str, ...] = tuple(
    dict.fromkeys(
        word
        for one in ARTICLES
        for word in re.findall(r"[\w-]+", f"{one.title} {one.body} {one.source} {one.place}")
    )
)
LANGUAGES: tuple[Language, ...] = ("id", "en")
COMMON = ("beras", "gempa", "Ambon", "kereta", "cepat", "warga", "harga", "panen", "kabar", "di")
FIELDS = (*FACET_NAMES, *SCOPES, *SINCE, *UNTIL, *list(STRANGERS)[::5])
SIGNS = (
    *(" ", " ", " ", " OR ", " ATAU ", " AND ", " DAN ", " NOT ", " TANPA ", " BUKAN ", " -", " +"),
    *(
        "(",
        ")",
        '"',
        "\u201c",
        "\u201d",
        "*",
        "?",
        "~2",
        "^3",
        "|",
        "||",
        "&&",
        "!",
        "=",
        ":",
        ":=",
    ),
    *("NEAR/3", " w/5 ", "[a TO b]", "/re.*x/", "ANDNOT", "AND/OR", "- ", "--", "\u2013", ",", ";"),
    *("http://a.example/b?q=1", "a@b.example", "sejak:", "sampai:2024-02-31", "sumber:=", "site:"),
    *("since:-0001", "sejak:0000", "sampai:9999-12-31", "sejak:10000-01-01", "\t", "\n", "\r\n"),
)
BESIDE = (
    *("NEAR/3", "DEKAT/8", "NEAR", "ONEAR/4", "w/5", "/2", "ADJ", "NEAR/5,", "DEKAT 7", "near(3)"),
    *("W/S", "NOT NEAR/4", "TIDAK DEKAT/6", "NEAR/0", "NEAR/500"),
)
DAYS = ("2023-06-01", "2024", "2024-02", "kemarin", "2023-13-45", "29/2/2024", "0001-01-01", "9999")


def query(generator: random.Random, depth: int = 0) -> str:
    """A question by the grammar."""
    some = min(generator.randrange(1, 3 if depth else 8) for _ in range(2))
    return "".join(
        _item(generator, depth) + generator.choice(SIGNS if generator.random() < 0.4 else (" ",))
        for _ in range(some)
    )


def _item(  # noqa: PLR0912 - one branch a kind of item
    generator: random.Random, depth: int
) -> str:
    word = generator.choice(COMMON if generator.random() < 0.6 else WORDS)
    match generator.randrange(22):
        case 0 if depth < 20:
            return f"({query(generator, depth + 1)})"
        case 1:
            return f'"{" ".join(generator.choices(WORDS, k=generator.randrange(4)))}"'
        case 2:
            return word[: generator.randrange(1, 6)] + "*"
        case 3:
            return f"{generator.choice(FIELDS)}:{generator.choice(('', '', '='))}{word}"
        case 4:
            values = ", ".join(generator.choices(WORDS, k=3))
            return f"{generator.choice(FIELDS)}:({values})"
        case 5:
            return f"{generator.choice(('sejak', 'sampai', 'since'))}:{generator.choice(DAYS)}"
        case 6:
            return generator.choice("-+") + word
        case 7:
            at = generator.randrange(len(word))
            return word[:at] + generator.choice("aeiounxz") + word[at + 1 :]
        case 8:
            return word + generator.choice(WORDS)
        case 9:
            return generator.choice(ODD)
        case 10 | 11:
            return _pattern(generator, word)
        case 12:
            return word + generator.choice(("~", "~1", "~2", "~0", "~~", "~AUTO"))
        case 13:
            return f"={_pattern(generator, word) if generator.random() < 0.3 else word}"
        case 14 | 15:
            return _near_phrase(generator)
        case 16 | 17 if depth < 20:
            beside = generator.choice(BESIDE)
            sides = [f"({query(generator, depth + 1)})", _item(generator, depth + 1), word]
            return f"{generator.choice(sides)} {beside} {generator.choice(sides)}"
        case 18 | 19 if depth < 20:
            name = generator.choice(("awal:", "kalimat:", "judul:", "isi:", "awal:=", "intitle: "))
            return f"{name}({query(generator, depth + 1)})"
    return word


def _pattern(generator: random.Random, word: str) -> str:
    at = generator.randrange(len(word))
    sign = generator.choice(("*", "?", "*", "??", "*?"))
    return generator.choice((word[:at] + sign + word[at + 1 :], "*" + word[at:], f"*{word}*"))


def _near_phrase(generator: random.Random) -> str:
    """Words that stand in a row in an article, some in another order, as gaps or as patterns."""
    words = generator.choice(ARTICLES).body.split()
    at = generator.randrange(len(words))
    several = words[at : at + generator.randrange(2, 6)]
    for place in range(len(several)):
        if generator.random() < 0.3:
            several[place] = generator.choice(("*", several[place][:3] + "*", several[place]))
    near = generator.choice(("", "", "~3", "~8", " ~5", "~", "~0"))
    if near:
        generator.shuffle(several)
    return f'"{" ".join(several)}"{near}'


def request(generator: random.Random) -> SearchRequest | tuple[str, ...]:
    """A request, or the text of one that is not allowed."""
    typed = query(generator)
    if generator.random() < 0.5:
        typed = altered_text(typed, generator, SIGNS)
    if generator.random() < 0.02:
        typed *= 50
    if generator.random() < 0.97:
        typed = typed[: generator.choice((40, 120, MAX_QUERY_CHARACTERS))]
    chance = generator.random
    filters = {
        facet: tuple(generator.choices((*WORDS, *ODD, "", "a" * 90), k=generator.randrange(1, 4)))
        for facet in Facet
        if chance() < 0.06
    }
    try:
        return SearchRequest(
            typed,
            page=generator.choice((1, 1, 1, 2, 100)) if chance() < 0.3 else 1,
            per_page=generator.choice((1, 10, 100)),
            cursor=altered_text("AAAA" * 12, generator, ODD) if chance() < 0.02 else None,
            sort=generator.choice(list(Sort)),
            filters=filters,
            date_from=date(generator.choice((1, 2023, 9999)), 6, 15) if chance() < 0.05 else None,
            date_to=date(generator.choice((1, 2024, 9999)), 12, 31) if chance() < 0.05 else None,
            recency=generator.choice((0.001, 1.0, 1_000_000)) if chance() < 0.1 else None,
            collapse=chance() < 0.1,
            partial=generator.choice(list(Partial)),
            correct=chance() < 0.8,
            facets=chance() < 0.5,
            explain=chance() < 0.3,
            snippets=chance() < 0.8,
            budget_ms=10**9,
        )
    except RequestError as error:
        return error.english, error.indonesian


def prepare(stack: ExitStack) -> Callable[[SearchRequest | tuple[str, ...]], str]:
    """An index of two segments, and what asks it."""
    path = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "index"
    target = LocalTarget(path)
    target.rebuild(ARTICLES[:9], BuildOptions())
    target.update(ARTICLES[9:], BuildOptions())
    engine = LocalEngine(path)
    stack.callback(engine.close)
    engine.search(SearchRequest("beras"))
    return partial(attempt, engine, Twin(ARTICLES), {one.id: one for one in ARTICLES})


def attempt(
    engine: LocalEngine,
    twin: Twin,
    known: dict[str, Article],
    asked: SearchRequest | tuple[str, ...],
) -> str:
    """Ask, and look at the answer. Raises ``AssertionError`` where it is not as promised."""
    if not isinstance(asked, SearchRequest):
        assert all(asked)
        return "refused"
    budget = Budget(inf)
    try:
        answer = engine.search(asked, budget)
    except RequestError as error:
        if asked.cursor is None:
            raise AssertionError(asked) from error
        return "refused"
    assert not answer.partial
    assert budget.all_work() <= OVER * most_work(len(known))
    _look_at(answer, asked, known)
    _round_trips(asked.query)
    marked = engine.marker(asked.query, correct=asked.correct).html(HOSTILE.body)
    assert _plain(marked) == HOSTILE.body
    for suggestion in engine.suggest(asked.query, 8):
        assert suggestion.count > 0
        assert suggestion.text.strip()
    if len(asked.query) % 4 == 0:
        again = engine.search(replace(asked, explain=not asked.explain), Budget(inf))
        assert [hit.id for hit in again.hits] == [hit.id for hit in answer.hits]
        assert again.notes == answer.notes
    if answer.corrected is not None and not asked.cursor:
        fixed = replace(asked, query=answer.corrected, correct=False)
        assert engine.search(fixed, Budget(inf)).total == answer.total, answer.corrected
    narrowed = asked.filters or asked.date_from or asked.date_to or asked.collapse
    paged = asked.page > 1 or asked.cursor is not None
    if asked.partial is Partial.OFF and not narrowed and not paged:
        _same_as_twin(engine, twin, asked)
        return "compared"
    return "answered" if answer.hits else "nothing found"


def _look_at(answer: SearchResponse, asked: SearchRequest, known: dict[str, Article]) -> None:
    assert answer.query == asked.query
    assert len(answer.hits) <= asked.per_page
    assert len({hit.id for hit in answer.hits}) == len(answer.hits)
    assert len(answer.hits) <= answer.listed <= answer.total + answer.partial_total <= len(known)
    if asked.sort is Sort.RELEVANCE:
        for hit in answer.hits:
            assert hit.score is not None
            assert isfinite(hit.score)
    for hit in answer.hits:
        title = _plain(hit.title_html)
        assert known[hit.id].title.startswith(title.removesuffix(" …")), title
        _plain(hit.snippet_html)
        if hit.explanation is not None:
            whole = hit.explanation.factor * sum(part.value for part in hit.explanation.parts)
            assert whole == pytest.approx(hit.explanation.score, rel=1e-4, abs=1e-6)
    for note in answer.notes:
        assert note.position is None or 0 <= note.position <= len(asked.query)
        for language in LANGUAGES:
            assert sentence(note, language)
    for language in LANGUAGES:
        written = search_answer(answer, language)
    texts = asked.query, *(value for values in asked.filters.values() for value in values)
    if any("\ud800" <= one <= "\udfff" for text in texts for one in text):
        return  # neither the command line nor the server takes it
    assert orjson.loads(orjson.dumps(written))["query"] == asked.query


_OPERATORS = {
    *(
        "and",
        "or",
        "not",
        "dan",
        "atau",
        "tanpa",
        "bukan",
        "andnot",
        "butnot",
        "xor",
        "to",
        "atleast",
    ),
    *("near", "onear", "notnear", "adj", "adjacent", "around", "within", "pre", "n", "p", "w", "s"),
}
_QUOTED_VALUE = re.compile(r':=?[^"\s]*"')
"""Values of facets that have a quotation mark in them cannot be quoted."""

_STRANGE = re.compile(r"\b\w+:(?==?\w)")
"""Fields: those of other engines are not told again where a word has come into a part of a body."""

_MARK = re.compile(r"<mark>([^<>]*)</mark>")
_ESCAPED = re.compile(r"&(?:amp|lt|gt|quot|#x27|#39);")


def _plain(marked: str) -> str:
    """The text of HTML in which nothing stands but marks and what is escaped."""
    text = _MARK.sub(r"\1", marked)
    assert not re.search("[<>]", text), text
    assert "&" not in _ESCAPED.sub("", text), text
    return html.unescape(text) if "&" in text else text


def _round_trips(text: str) -> None:
    """What sentences call the parts of a question is a question with the same words."""
    root = parse(text).root
    typed = "" if root is None else root.as_typed()
    if not _QUOTED_VALUE.search(typed):
        again = parse(typed).root
        words = _words(typed) ^ _words("" if again is None else again.as_typed())
        words -= {name.rstrip(":").lower() for name in _STRANGE.findall(typed)}
        assert words <= _OPERATORS, (typed, again)


def _words(text: str) -> set[str]:
    return {token.surface.rstrip("0123456789") for token in analysis().tokens(text)}


def _same_as_twin(engine: LocalEngine, twin: Twin, asked: SearchRequest) -> None:
    with engine._current.reading() as opened:
        plan = opened.plans.plan(asked.query, Budget(inf), correct=asked.correct)
    expected: set[str] = set()
    if plan.query is not None:
        expected = {
            one.id
            for number, one in enumerate(ARTICLES)
            if twin.score(plan.query, number) is not None
        }
    found = engine.search(replace(asked, per_page=100), Budget(inf))
    assert {hit.id for hit in found.hits} == expected
    assert found.total == len(expected)


FUZZER = Fuzzer(request, prepare)

if __name__ == "__main__":
    sys.exit(main("queries", FUZZER))
