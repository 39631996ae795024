"""Which words are glued: found by their parts, and no right word taken apart."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.filedb.filestore import FileStorage

from index.analysis import NO_WORDS, analysis, parse_words
from index.build.segment_builder import SegmentBuilder
from index.build.tiers import merged
from index.glued import decide
from index.segments.reader import open_segment
from index.sources import ReadReport, read_articles
from tests.conftest import article

RIGHT = [
    word
    for line in (Path(__file__).parent / "right_words.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
]
"""More than 200 words that look glued and are none."""


def decided(
    parts: Sequence[Sequence[str]], *, merge: bool = False, words: str = ""
) -> dict[str, str]:
    """The glued words of bodies in as many segments, their parts with a bar between them."""
    user = parse_words(words, "test") if words else NO_WORDS
    with TemporaryDirectory() as name:
        builder = SegmentBuilder(Path(name), user, 1 << 28)
        for part in parts:
            builder.add([article(number, "", body) for number, body in enumerate(part)])
            builder.flush()
        storage = FileStorage(name)
        segments = [merged(storage, builder.segments)] if merge else builder.segments
        readers = [open_segment(storage, segment) for segment in segments]
        found = decide(readers, analysis(user)).glued
    return {word: "|".join(found) for word, found in found.items()}


CASES = {
    "two nouns by case": ("JakartaKita semua diundang.", "jakarta|kita"),
    "preposition by case": ("Acara diKota itu ramai.", "di|kota"),
    "preposition and name": ("Acara keSurabaya itu ramai.", "ke|surabaya"),
    "small letter, then a name": ("Para bintang filmBenyamin hadir.", "film|benyamin"),
    "function word and an unknown name": ("Dilansir dariHuffington Post.", "dari|huffington"),
    "initials": ("Kabar AFPmelaporkan itu.", "afp|melaporkan"),
    "name behind a verb": ("Ia mengutipNewsen kemarin.", "mengutip|newsen"),
    "verb and a noun": ("Program mencegahstunting jalan.", "mencegah|stunting"),
    "name and verb": ("Tom Lembongmengaku sudah tahu.", "lembong|mengaku"),
    "noun and noun with affixes": ("Periksa kondisikesehatan mental.", "kondisi|kesehatan"),
    "function word": ("Itu adalahgejala umum.", "adalah|gejala"),
    "function word behind": ("Tanda depresiyang terlihat.", "depresi|yang"),
    "three": ("Tim indonesiadenganfilipina bertemu.", "indonesia|dengan|filipina"),
    "three by case and letters": ("Kata bahwaBenyaminterakhir hadir.", "bahwa|benyamin|terakhir"),
}


@pytest.mark.parametrize(("body", "parts"), CASES.values(), ids=CASES)
def test_words_without_a_blank_are_taken_apart(body: str, parts: str) -> None:
    names = ["Benyamin dan Tom Lembong di Filipina.", "Angka stunting turun.", "Benyamin lagi."]
    assert decided([[body, *names]]) == {parts.replace("|", ""): parts}


def test_no_right_word_is_taken_apart() -> None:
    found = decided([[f"Di sana {word} dibahas." for word in RIGHT]])
    assert len(set(RIGHT)) > 200
    assert found == {}


def test_a_word_that_many_articles_have_is_one_thing() -> None:
    few, many = ["Bus KotaKita lewat."], ["Bus KotaKita lewat."] * 30
    assert decided([few]) == {"kotakita": "kota|kita"}
    assert decided([many]) == {}


def test_a_protected_word_stays_whole() -> None:
    bodies = ["Periksa kondisikesehatan mental."]
    assert decided([bodies], words="kondisikesehatan") == {}


def test_words_with_a_letter_too_many_stay_whole() -> None:
    assert decided([["Ia menyerahakan kunci.", "Ia memberikana kunci."]]) == {}


def test_an_archive_without_terms_has_none() -> None:
    assert decided([]) == decided([[""]]) == {}


_BODIES = st.lists(
    st.lists(
        st.sampled_from(
            [
                *("jakarta", "JakartaKita", "jakartakita", "kita", "mencegahstunting", "stunting"),
                *("mencegah", "adalahgejala", "Sukabumi", "diKota", "dikota", "darihuffington"),
            ]
        ),
        max_size=6,
    ).map(" ".join),
    max_size=6,
)


@settings(max_examples=25)
@given(st.lists(_BODIES, min_size=1, max_size=4))
def test_articles_give_the_same_however_they_fall_into_segments(parts: list[list[str]]) -> None:
    parts = [part for part in parts if part]
    whole = [[body for part in parts for body in part]] if parts else []
    assert decided(parts) == decided(whole)
    if parts:
        assert decided(parts, merge=True) == decided(whole)


def test_most_articles_of_a_real_scrape_have_glued_words(data: Path) -> None:
    articles = list(read_articles([data / "wild" / "scraped.csv.gz"], ReadReport()))
    found = decided([[article.body for article in articles]])
    how = analysis()
    having = sum(
        any(token.surface in found for token in how.tokens(article.body)) for article in articles
    )
    assert having > len(articles) / 2
    assert not {word.lower() for word in RIGHT} & found.keys()
