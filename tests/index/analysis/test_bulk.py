"""The bulk road gives what the analysis gives, text by text."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis import TextAnalysis, UserWords, bulk, snowball
from index.analysis.bulk import Encoder
from index.analysis.interning import PADDING, Interner
from index.analysis.scanning import ArrayScanner, chunk_edges
from index.analysis.tokenizer import JOINERS, SEPARATORS, chunks
from index.stemming import StemmerName
from tests.bench.analysis import bodies
from tests.conftest import examples
from tests.index.analysis.test_text import texts
from tests.index.analysis.witness import witness

strange = texts | st.text(st.characters(categories=["Cs", "Lu", "Ll", "Zs", "Po"]))


def decoded(encoder: Encoder, given_texts: list[str]) -> list[list[tuple[str, str]]]:
    found = encoder.encode(given_texts)
    assert len(found.counts) == len(given_texts)
    assert found.counts.sum() == len(found.stems) == len(found.surfaces)
    surfaces, stems = encoder.surfaces, encoder.stems
    terms = [
        (surfaces[surface], stems[stem])
        for surface, stem in zip(found.surfaces.tolist(), found.stems.tolist(), strict=True)
    ]
    ends = np.cumsum(found.counts).tolist()
    return [
        terms[end - count : end] for end, count in zip(ends, found.counts.tolist(), strict=True)
    ]


def expected(given_texts: list[str]) -> list[list[tuple[str, str]]]:
    return [
        [(token.surface, token.stem) for token in witness().tokens(text)] for text in given_texts
    ]


@given(st.lists(st.lists(strange, max_size=5), max_size=4))
def test_encoding_is_the_analysis_as_ids(calls: list[list[str]]) -> None:
    encoder = Encoder()
    for call in calls:
        assert decoded(encoder, call) == expected(call)


@settings(max_examples=examples(15))
@given(st.lists(strange, max_size=6))
def test_the_size_of_batches_does_not_matter(given_texts: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bulk, "BATCH_BYTES", 1)
        assert decoded(Encoder(), given_texts) == expected(given_texts)


@given(strange)
def test_chunks_are_found_where_the_tokenizer_finds_them(text: str) -> None:
    buffer = b"\0" + text.encode("utf-8", "surrogatepass") + bytes(PADDING)
    starts, ends = chunk_edges(buffer)
    found = [
        buffer[start:end].decode("utf-8", "surrogatepass")
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
    ]
    assert found == [text[start:end] for start, end in chunks(text)]


def test_every_separator_and_joiner_parts_or_joins() -> None:
    """Also those of several bytes, which the byte tables know by their last byte."""
    for character in SEPARATORS:
        assert decoded(Encoder(), [f"buku{character}buku"]) == [[("buku", "buku")] * 2]
    for character in JOINERS:
        assert decoded(Encoder(), [f"a{character}b"]) == expected([f"a{character}b"])


def test_ids_are_stable_over_calls() -> None:
    encoder = Encoder()
    first = encoder.encode(["menangkap ikan", "tangkapan"]).stems.tolist()
    second = encoder.encode(["ikan tangkapan", "", "menangkap sapi"])
    assert first[0] == first[2] != first[1]
    assert second.stems.tolist()[:3] == [first[1], first[0], first[0]]
    assert second.counts.tolist() == [2, 0, 2]
    assert sorted(encoder.stems[:2]) == ["ikan", "tangkap"]
    assert encoder.stems[2:] == ["sapi"]


def test_the_users_words_and_stemmer_count() -> None:
    encoder = Encoder(TextAnalysis(UserWords(frozenset({"menangkap"}))))
    encoder.encode(["menangkap tangkapan"])
    assert encoder.stems == ["menangkap", "tangkap"]
    encoder = Encoder(TextAnalysis(UserWords(stemmer=StemmerName.SNOWBALL)))
    encoder.encode(["menangkap kementerian"])
    assert encoder.stems == [snowball("menangkap"), snowball("kementerian")]


def test_vocabularies_that_outgrow_every_table() -> None:
    given_texts = [
        " ".join(f"{'x' * width}{number}q" for number in range(30_000)) for width in (1, 9, 20, 40)
    ]
    encoder = Encoder()
    assert decoded(encoder, given_texts) == expected(given_texts)
    assert len(encoder.surfaces) == 120_000


@given(st.lists(st.binary(min_size=1, max_size=70).map(lambda b: b.replace(b"\0", b"x"))))
def test_interning_is_exact(names: list[bytes]) -> None:
    interner = Interner()
    for _ in range(2):
        body = b"".join(names)
        buffer = body + bytes(PADDING + -(len(body) + PADDING) % 8)
        ends = np.cumsum(np.array([len(name) for name in names], np.int64), dtype=np.int64)
        starts = ends - np.array([len(name) for name in names], np.int64)
        found = interner.intern(buffer, starts, ends)
        assert [interner.distinct[one] for one in found.tolist()] == names
    assert len(interner.distinct) == len(set(names))


def test_colliding_keys_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even where every key wants the same slot."""
    from index.analysis import interning

    monkeypatch.setattr(
        interning._Table,
        "_slots",
        lambda self, keys: np.zeros(len(keys[0]), np.int64),
    )
    monkeypatch.setattr(bulk, "scanner", ArrayScanner)
    given_texts = [" ".join(f"kata{number}x" for number in range(300))] * 2
    assert decoded(Encoder(), given_texts) == expected(given_texts)


def test_real_articles(data: Path) -> None:
    some = bodies(data)[::40]
    assert decoded(Encoder(), some) == expected(some)
