"""Strategies: archives of a few words, and queries of every type over them."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import strategies as st
from whoosh import query as whoosh_query

from index.article import Article
from search.query.placed_query import NearQuery, OpeningQuery, RunQuery, SentenceQuery

WORDS = ("beras", "berasa", "petani", "pertanian", "kereta", "cepat")
SOURCES = ("Kabar", "kabar", "Niaga", "niaga.com", "Kabar Desa Baru", None)
DAYS = tuple(datetime(2024, 1, day) for day in (1, 2, 3, 4))
TEXT_FIELDS = ("title", "title_exact", "body", "body_exact")

_texts = st.lists(st.sampled_from((*WORDS, "beras. Cepat")), max_size=8).map(" ".join)
_parts = st.lists(
    st.tuples(_texts, _texts, st.sampled_from(SOURCES), st.sampled_from((*DAYS, None))),
    min_size=1,
    max_size=6,
)


def _numbered(
    parts: list[list[tuple[str, str, str | None, datetime | None]]],
) -> list[list[Article]]:
    found: list[list[Article]] = []
    number = 0
    for part in parts:
        found.append([])
        for title, body, source, date in part:
            aware = date and date.replace(tzinfo=UTC)
            found[-1].append(Article(f"a{number}", title, body, aware, source=source))
            number += 1
    return found


archives = st.lists(_parts, min_size=1, max_size=5).map(_numbered)
"""Articles of one to five segments."""

deletions = st.sets(st.integers(0, 29), max_size=6)

_stems = st.sampled_from(("beras", "rasa", "tani", "petani", "kereta", "cepat", "tiada"))
_fields = st.sampled_from(TEXT_FIELDS)
_boosts = st.sampled_from((1.0, 2.0, 0.5, 0.0))
_terms = st.builds(
    lambda field, surface, stem, boost: whoosh_query.Term(
        field, surface if field.endswith("_exact") else stem, boost=boost
    ),
    _fields,
    st.sampled_from(WORDS),
    _stems,
    _boosts,
)
_days = st.sampled_from((*DAYS, None))
leaves = st.one_of(
    _terms,
    st.builds(whoosh_query.Term, st.just("source"), st.sampled_from(("kabar", "niaga", "nihil"))),
    st.builds(
        lambda field, words, boost: whoosh_query.Phrase(field, words, boost=boost),
        st.sampled_from(("title_exact", "body_exact")),
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=3),
        _boosts,
    ),
    st.builds(
        lambda field, prefix, boost: whoosh_query.Prefix(field, prefix, boost=boost),
        st.sampled_from(("title_exact", "body_exact")),
        st.sampled_from(("be", "per", "zz")),
        _boosts,
    ),
    st.builds(lambda first, last: whoosh_query.DateRange("date", first, last), _days, _days),
    st.just(whoosh_query.Every()),
    st.just(whoosh_query.NullQuery),
)


def _compound(
    children: st.SearchStrategy[whoosh_query.Query],
) -> st.SearchStrategy[whoosh_query.Query]:
    some = st.lists(children, min_size=1, max_size=3)
    return st.one_of(
        st.builds(whoosh_query.And, some, _boosts),
        st.builds(whoosh_query.Or, some, _boosts),
        st.builds(whoosh_query.DisjunctionMax, some, _boosts),
        st.builds(whoosh_query.AndMaybe, children, children),
        st.builds(whoosh_query.ConstantScoreQuery, children, st.sampled_from((0.0, 1.5))),
        st.builds(
            lambda found, excluded: whoosh_query.And([*found, whoosh_query.Not(excluded)]),
            some,
            children,
        ),
    )


trees = st.recursive(leaves, _compound, max_leaves=8)
"""Whoosh queries of every type that has an array form, nested."""


_PATTERNS = ("*e*", "ber*", "b?ras", "*a", "*e*t*", "??????", "p*an", "zz*", "*", "?e*a*?")
_texts_of = st.sampled_from(("body", "title"))
patterns = st.one_of(
    st.builds(
        lambda field, pattern, boost: whoosh_query.Wildcard(field, pattern, boost=boost),
        st.sampled_from(("title_exact", "body_exact")),
        st.sampled_from(_PATTERNS),
        _boosts,
    ),
    st.builds(
        lambda field, word, most, boost: whoosh_query.FuzzyTerm(
            field, word, boost=boost, maxdist=most, prefixlength=0
        ),
        st.sampled_from(("title_exact", "body_exact")),
        st.sampled_from((*WORDS, "bears", "ceppat", "tani", "kertea")),
        st.integers(0, 2),
        _boosts,
    ),
)
"""Patterns and fuzzy words, by themselves."""


def _words_in(field: str) -> st.SearchStrategy[whoosh_query.Query]:
    exact = f"{field}_exact"
    return st.one_of(
        st.builds(whoosh_query.Term, st.just(field), _stems),
        st.builds(whoosh_query.Term, st.just(exact), st.sampled_from(WORDS)),
        st.builds(whoosh_query.Prefix, st.just(exact), st.sampled_from(("be", "per", "zz"))),
        st.builds(whoosh_query.Wildcard, st.just(exact), st.sampled_from(_PATTERNS)),
        st.builds(
            lambda word, most: whoosh_query.FuzzyTerm(exact, word, maxdist=most, prefixlength=0),
            st.sampled_from(WORDS),
            st.integers(1, 2),
        ),
    )


def _placed_in(field: str) -> st.SearchStrategy[whoosh_query.Query]:
    words = _words_in(field)
    several = st.lists(words, min_size=1, max_size=3)
    parts = st.one_of(
        words,
        st.builds(whoosh_query.Or, several),
        st.builds(
            whoosh_query.Phrase,
            st.just(f"{field}_exact"),
            st.lists(st.sampled_from(WORDS), min_size=1, max_size=3),
        ),
        several.flatmap(
            lambda some: st.lists(
                st.integers(1, 5), min_size=len(some) - 1, max_size=len(some) - 1, unique=True
            ).map(lambda steps: RunQuery(field, some, [0, *sorted(steps)]))
        ),
    )
    nested = st.recursive(
        parts,
        lambda inner: st.one_of(
            st.builds(
                lambda some, distance, ordered: NearQuery(field, some, distance, ordered=ordered),
                st.lists(inner, min_size=2, max_size=3),
                st.integers(1, 7),
                st.booleans(),
            ),
            st.builds(
                lambda part, words: OpeningQuery(field, part, words),
                inner,
                st.sampled_from((2, 5, 64)),
            ),
            st.builds(whoosh_query.Or, st.lists(inner, min_size=1, max_size=2)),
            st.builds(
                lambda some: SentenceQuery(field, some), st.lists(inner, min_size=1, max_size=3)
            )
            if field == "body"
            else inner,
        ),
        max_leaves=4,
    )
    return nested.filter(
        lambda query: isinstance(query, NearQuery | OpeningQuery | RunQuery | SentenceQuery)
    )


placed = _texts_of.flatmap(_placed_in)
"""Queries of places, nested, with parts of every kind."""

_new = st.one_of(placed, patterns)
placed_trees = st.one_of(
    _new,
    st.builds(lambda one, other: whoosh_query.And([one, other]), _new, leaves),
    st.builds(
        lambda some, one: whoosh_query.And([some, whoosh_query.Not(one)]),
        st.one_of(leaves, st.just(whoosh_query.Every())),
        _new,
    ),
    st.builds(lambda one, other: whoosh_query.Or([one, other]), _new, _new),
)
"""The same, patterns, and both beside other queries and excluded."""
