"""Properties of the analysis that hold for every text."""

from __future__ import annotations

import gc
import os
import pickle
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.analysis import (
    ExactAnalyzer,
    FoldedAnalyzer,
    StemAnalyzer,
    TextAnalysis,
    Token,
    UserWords,
    analysis,
    fold,
    lexicon,
    snowball,
    use_words,
)
from index.analysis import text as text_module
from index.analysis.tokenizer import MAX_TERM_CHARACTERS, chunk_texts, chunks, not_plain, parts
from index.errors import WordsUnknown
from index.stemming import StemmerName
from tests.conftest import LONG, examples

_ALPHABET = "aAbdeikmnprstuyBKP019 .,-'`’‘‐‑\u0301\u0338\u00ad\u200d\u00a0“”—é²_/:@\n\x00İſK῁;"
"""What the rules look at, dense; ``st.text()`` brings the rest of Unicode."""

_APOSTROPHE = "\u02bc"
"""The apostrophe of Jumʼat, which Unicode counts among the letters."""

_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u034f\u200c\u200d\u2060\ufeff"))
"""Characters inside words that terms are without."""

texts = st.one_of(
    st.text(),
    st.text(_ALPHABET),
    st.lists(
        st.sampled_from(
            [
                "buku",
                "di",
                "PHK",
                "nya",
                "-",
                ".",
                "1",
                "250",
                ",",
                "'",
                "Qur",
                "an",
                " ",
                "anak",
                "2",
                "K",
                "H",
                "ke",
                "se",
                "Rp",
                "e",
                "menangkap",
                "\u0301",
                "\u2011",
            ]
        ),
        max_size=12,
    ).map("".join),
)


@given(texts)
def test_no_text_is_refused_and_offsets_are_in_order(text: str) -> None:
    end = 0
    for token in analysis().tokens(text):
        assert end <= token.start < token.end <= len(text)
        end = token.end
        assert 0 < len(token.surface) <= MAX_TERM_CHARACTERS
        assert 0 < len(token.stem) <= MAX_TERM_CHARACTERS


@given(texts)
def test_every_letter_and_digit_is_in_a_token(text: str) -> None:
    covered = {at for token in analysis().tokens(text) for at in range(token.start, token.end)}
    for at, character in enumerate(text):
        if unicodedata.normalize("NFC", character)[0].isalnum() and character != _APOSTROPHE:
            assert at in covered


def test_an_apostrophe_alone_is_no_token_though_unicode_calls_one_a_letter() -> None:
    assert analysis().tokens(f"' ’ {_APOSTROPHE}") == []


@given(texts)
@example("A\u00ad\u0300")  # a mark behind a soft hyphen is the letter's
def test_a_token_is_what_stands_at_its_offsets(text: str) -> None:
    for token in analysis().tokens(text):
        seen = text[token.start : token.end].translate(_UNSEEN)
        written = [letter for letter in fold(seen) if letter.isalnum()]
        kept = [letter for letter in token.surface if letter.isalnum()]
        assert kept == written[: len(kept)]
        assert len(kept) == len(written) or len(token.surface) == MAX_TERM_CHARACTERS


def _terms(tokens: list[Token]) -> list[tuple[str, str]]:
    return [(token.surface, token.stem) for token in tokens]


@given(texts)
def test_normal_form_and_case_do_not_matter(text: str) -> None:
    found = _terms(analysis().tokens(text))
    assert _terms(analysis().tokens(unicodedata.normalize("NFC", text))) == found
    assert _terms(analysis().tokens(unicodedata.normalize("NFD", text))) == found


@given(st.text("aAbBeEkKnNsStT .,-'012"))
def test_capitals_do_not_matter(text: str) -> None:
    found = _terms(analysis().tokens(text))
    assert _terms(analysis().tokens(text.lower())) == found
    assert _terms(analysis().tokens(text.upper())) == found


@given(texts)
def test_chunks_can_be_analysed_one_by_one(text: str) -> None:
    """What makes the bulk road possible: no rule looks across the end of a chunk."""
    whole = _terms(analysis().tokens(text))
    single = [
        term for start, end in chunks(text) for term in _terms(analysis().tokens(text[start:end]))
    ]
    assert single == whole


@given(texts, st.sets(st.integers(0, 40)), st.integers(0, 4))
def test_tokens_near_places_are_runs_of_the_texts_tokens(
    text: str, places: set[int], beyond: int
) -> None:
    tokens = analysis().tokens(text)
    found = analysis().tokens_near(text, sorted(places), beyond)
    runs = [[tokens.index(token) for token in run] for run in found]
    numbers = [number for run in runs for number in run]
    assert numbers == sorted(set(numbers))
    for start, end in chunks(text):
        inside = [at for at, token in enumerate(tokens) if start <= token.start < end]
        if inside and not places.isdisjoint(range(start, end)):
            needed = range(inside[0], min(inside[-1] + 1 + beyond, len(tokens)))
            assert any(set(needed) <= set(run) for run in runs)
    for run in filter(None, runs):
        assert run == list(range(run[0], run[-1] + 1))


@given(texts)
def test_every_chunk_that_is_not_plain_is_pointed_at(text: str) -> None:
    places = not_plain(text, 0, len(text))
    assert places == sorted(places)
    for start, end in chunks(text):
        if not (text[start:end].isascii() and text[start:end].isalnum()):
            assert any(start <= place < end for place in places)


def has_a_trace(chunk: str, how: TextAnalysis) -> bool:
    """Whether every token of a plain chunk shows in the chunk as ``traces`` foretells."""
    return all(
        any(trace in chunk.lower() for trace in how.traces(stem))
        for _, _, _, stem in how.chunk(chunk)
    )


_lists = lexicon()
PROTECTING = TextAnalysis(UserWords(protected=frozenset(("memukul", "resiko", "belajar"))))
SNOWBALL = TextAnalysis(UserWords(frozenset(("memukul",)), stemmer=StemmerName.SNOWBALL))
known_words = sorted(
    {
        *_lists.roots,
        *_lists.lexicalised,
        *_lists.names,
        *_lists.exceptions,
        *_lists.families,
        *_lists.variants,
    }
)
MEN = {"p": "mem", "t": "men", "s": "meny", "k": "meng"}


def affixed(before: str, word: str, behind: str, *, hidden: bool) -> str:
    """The word with affixes, its first letter in the nasal of meN- if ``hidden``."""
    if hidden and word[0] in MEN:
        return before + MEN[word[0]] + word[1:] + behind
    return before + word + behind


@settings(max_examples=examples(400))
@given(
    st.builds(
        affixed,
        st.sampled_from(
            (
                *("", "di", "ber", "be", "ter", "ke", "ku", "se", "pe", "per", "peng", "anti"),
                *("memper", "menge", "kau", "ketidak", "Pro", "diper", "keber", "sepe", "semi"),
                *("non", "antipe", "dinon", "nge", "ny", "n", "m"),
            )
        ),
        st.sampled_from(known_words),
        st.sampled_from(
            ["", "an", "kan", "i", "nya", "annya", "wan", "lah", "kanlah", "2", "2an", "in"]
        ),
        hidden=st.booleans(),
    ).filter(lambda word: word.isascii() and word.isalnum())
)
def test_a_word_holds_a_trace_of_its_term(word: str) -> None:
    assert has_a_trace(word, analysis())
    assert has_a_trace(word, PROTECTING)
    assert has_a_trace(word, SNOWBALL)


@given(st.text("aegikmnprstuRP0125", min_size=1))
def test_any_plain_chunk_holds_a_trace_of_its_terms(chunk: str) -> None:
    assert has_a_trace(chunk, analysis())
    assert has_a_trace(chunk, SNOWBALL)


def test_words_of_snowballs_vocabulary_hold_traces_of_their_terms(data: Path) -> None:
    words = (data / "stemming/snowball_voc.txt").read_text("utf-8").split()
    plain = [word for word in words if word.isascii() and word.isalnum()]
    assert len(plain) > 60_000
    for how in (analysis(), SNOWBALL):
        assert [word for word in plain if not has_a_trace(word, how)] == []


_pieces = st.sampled_from(
    [*sorted(lexicon().prefixes), "e", "anak", "sayur", "mayur", "nya", "an", "tolong", "menolong"]
) | st.text("abekmnrstuy", min_size=1, max_size=8)


@given(_pieces, _pieces, st.booleans())
def test_whether_a_hyphen_ties_letters_is_told_as_the_tokens_have_it(
    first: str, second: str, doubled: bool
) -> None:
    how = analysis()
    second = first + second if doubled else second
    assert how.may_be_one(first, second) == (len(how.tokens(f"{first}-{second}")) == 1)


def test_whether_a_hyphen_ties_the_words_of_the_lists_is_told_as_the_tokens_have_it() -> None:
    how, words = analysis(), lexicon()
    listed = [word.partition("-") for word in (*words.exceptions, *words.families)]
    for first, second in [(first, second) for first, _, second in listed] + [*words.doubles]:
        if (first + second).isalpha() and second:
            one = len(how.tokens(f"{first}-{second}")) == 1
            assert how.may_be_one(first, second) == one, (first, second)
    assert how.may_be_one("u", "19")


@given(texts)
def test_only_stems_depend_on_the_stemmer(text: str) -> None:
    ours, snowballs = analysis().tokens(text), SNOWBALL.tokens(text)
    assert [one[:3] for one in snowballs] == [one[:3] for one in ours]
    explained = SNOWBALL.explain(text)
    assert [Token(one.start, one.end, one.surface, one.term) for one in explained] == snowballs


def test_snowballs_terms_are_its_stems_as_they_come() -> None:
    found = [
        (one.surface, one.term, one.rule)
        for one in SNOWBALL.explain("resiko kementerian memukul buku-buku COVID-19 1.250")
    ]
    assert found == [
        ("resiko", "resiko", "snowball"),
        ("kementerian", snowball("kementerian"), "snowball"),
        ("memukul", "memukul", "user"),
        ("buku-buku", "buku", "reduplication+snowball"),
        ("covid-19", "covid", "hyphenated+snowball"),
        ("1.250", "1250", "number"),
    ]


@given(texts)
def test_parts_hold_no_apostrophes_and_no_capitals(text: str) -> None:
    for start, end in chunks(text):
        for part in parts(text[start:end]):
            assert part.text == fold(part.text)
            assert not set(part.text) & set("'`’‘")


@given(texts)
def test_explaining_gives_the_same_terms(text: str) -> None:
    explained = analysis().explain(text)
    tokens = analysis().tokens(text)
    assert [Token(one.start, one.end, one.surface, one.term) for one in explained] == tokens
    assert [one.position for one in explained] == list(range(len(tokens)))
    assert all(one.text == text[one.start : one.end] and one.rule for one in explained)


def test_a_stem_is_told_as_the_stemmer_has_it_and_as_the_index_has_it() -> None:
    found = [
        (one.stem, one.term, one.rule) for one in analysis().explain("Pokémonnya Résiko 1.250")
    ]
    assert found == [
        ("pokémon", "pokemon", "letters+clitic"),
        ("résiko", "risiko", "letters+root+spelling"),
        ("1250", "1250", "number"),
    ]


@given(texts)
def test_whoosh_gets_one_token_a_position_equal_in_both_fields(text: str) -> None:
    stems = [
        (t.pos, t.startchar, t.endchar) for t in StemAnalyzer()(text, positions=True, chars=True)
    ]
    exact = [
        (t.pos, t.startchar, t.endchar) for t in ExactAnalyzer()(text, positions=True, chars=True)
    ]
    assert stems == exact
    assert [position for position, _, _ in stems] == list(range(len(stems)))


@given(texts)
def test_pickling_changes_nothing(text: str) -> None:
    for made in (StemAnalyzer(), ExactAnalyzer(), FoldedAnalyzer()):
        copy = pickle.loads(pickle.dumps(made))
        assert [t.text for t in copy(text)] == [t.text for t in made(text)]


def test_an_analyzer_pickles_as_name_and_version_only() -> None:
    words = UserWords(frozenset(f"kata{number}" for number in range(1000)))
    use_words(words)
    for made in (StemAnalyzer(), StemAnalyzer(words.digest)):
        list(made("penangkapan menteri"))
        assert len(pickle.dumps(made)) < 200


def test_an_analyzer_of_unknown_words_says_so() -> None:
    with pytest.raises(WordsUnknown, match="0123456789abcdef"):
        list(StemAnalyzer("0123456789abcdef")("kata"))


def test_protected_words_stay() -> None:
    words = UserWords(frozenset({"penangkapan"}))
    use_words(words)
    assert [t.text for t in StemAnalyzer(words.digest)("Penangkapan menangkap")] == [
        "penangkapan",
        "tangkap",
    ]
    assert [t.text for t in StemAnalyzer()("Penangkapan menangkap")] == ["tangkap", "tangkap"]


def test_the_memo_of_chunks_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_module, "_CACHE_CHUNKS", 3)
    how = TextAnalysis()
    words = " ".join(["menangkap", "memilih", "berita", "penyanyi", "x" * 5000] * 3)
    assert _terms(how.tokens(words)) == _terms(analysis().tokens(words))
    assert len(how.known_chunks) <= 3


def test_a_hostile_ending_does_not_end_the_program() -> None:
    for text in (
        "buku" + "lah" * 1000 + "2",
        "zzz" + "nya" * 500 + "-buku",
        "e-buku" + "lah" * 1000,
    ):
        assert _terms(analysis().tokens(text))


def test_threads_agree() -> None:
    texts = [f"penangkapan{number} memilih buku-buku{number}" for number in range(300)]
    shared = TextAnalysis()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(shared.tokens, texts * 4))
    assert found == [TextAnalysis().tokens(text) for text in texts] * 4


def test_a_forked_process_agrees() -> None:
    text = "penangkapan memilih zzberkejaran-kejaran"
    expected = _terms(analysis().tokens(text))
    gc.collect()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writing, pickle.dumps(_terms(TextAnalysis().tokens(text))))
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        answer = stream.read()
    os.waitpid(child, 0)
    assert pickle.loads(answer) == expected


@pytest.mark.parametrize(
    "part",
    ["a-", "buku-", "1.", "a.", "di-", "x", "a-b.", "a'", "é-", "nya-", "k-9-", "\u0301", "lah"],
)
def test_a_chunk_may_be_as_long_as_a_book(part: str) -> None:
    """What is worked out for a chunk takes time in proportion to it; else this would not end."""
    text = part * (100_000 if LONG else 30_000) + "2"
    assert _terms(TextAnalysis().tokens(text)) == _terms(TextAnalysis().tokens(text.upper()))


_CHUNKS = st.lists(
    st.sampled_from(
        (
            *("Rusia", "ukraina", "ph", "D", "k", "H", "buku", "bukunya", "e", "KPK", "anti", "di"),
            *(
                "nya",
                "memukul",
                "mukul",
                "Rp",
                "idr",
                "2",
                "1.250",
                "17,5",
                "kg",
                "a" * 120,
                "8" * 120,
            ),
            *("-", ".", ",", "'", "\u2019", "`"),
            *("Tô", "Lâm", "e\u0301", "\u02bc", "İ", "\u212a", "شكر", "وَ", "\ufb1d", "\ufffd"),
        )
    ),
    min_size=1,
    max_size=5,
).map("".join)


@given(_CHUNKS)
@example("selesai.Namun")
@example("Ph.D")
@example("K.H")
@example("Rp1.250")
@example("buku-buku")
@example("KPK-nya")
@example("Buku-buku")
@example("anti-anti")
@example("Jum\u2019at's")
@example("Lâm\u2019s")
@example("\u0958\u02bca")
def test_terms_of_a_chunk_are_those_of_its_tokens(text: str) -> None:
    how = analysis()
    for chunk in chunk_texts(text):
        assert list(how.terms(chunk)) == [(one.surface, one.stem) for one in how.chunk(chunk)]
