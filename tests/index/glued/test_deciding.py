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
from index.build.merging import merged
from index.build.segment_builder import SegmentBuilder
from index.glued import decide
from index.segments.reader import open_segment
from index.sources import ReadReport, read_articles
from tests.conftest import article, examples
from tests.index.glued.vocabulary import bodies


def right_words(name: str) -> list[str]:
    """The words of a file that look glued and are none."""
    lines = (Path(__file__).parent / f"{name}.txt").read_text("utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]


RIGHT = {name: right_words(name) for name in ("right_words", "right_words_held_out")}


def decided(
    parts: Sequence[Sequence[str]], *, merge: bool = False, words: str = "", title: str = ""
) -> dict[str, str]:
    """The glued words of bodies in as many segments, their parts with a bar between them."""
    user = parse_words(words, "test") if words else NO_WORDS
    with TemporaryDirectory() as name:
        builder = SegmentBuilder(Path(name), user, 1 << 28)
        for part in parts:
            builder.add([article(number, title, body) for number, body in enumerate(part)])
            builder.flush()
        storage = FileStorage(name)
        segments = [merged(storage, builder.segments, NO_WORDS)] if merge else builder.segments
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
    "two common nouns": ("Soal hargarumah itu ramai.", "harga|rumah"),
    "common words behind a capital": ("Wanitahamil itu pulang.", "wanita|hamil"),
    "preposition behind a noun": ("Kasus korupsidi sana.", "korupsi|di"),
    "preposition behind a derived word and a capital": ("Kegiatandi sana.", "kegiatan|di"),
    "preposition before a derived word": ("Gol dipertandingan itu.", "di|pertandingan"),
    "two function words": ("Warga yangdi sana.", "yang|di"),
    "function word of three letters": ("Tambang emasdan perak.", "emas|dan"),
    "pronoun before a verb": ("Kata iamemberikan itu.", "ia|memberikan"),
    "short noun behind a verb": ("Ia mencetakgol cepat.", "mencetak|gol"),
    "plural and a noun": ("Semua paraatlet pulang.", "para|atlet"),
    "title and a name": ("Kata PresidenBenyamin tadi.", "presiden|benyamin"),
    "initials and a common word": ("Aksi DJPsedang ramai.", "djp|sedang"),
    "three common words": ("Soal hargarumahmurah itu.", "harga|rumah|murah"),
    "three": ("Tim indonesiadenganfilipina bertemu.", "indonesia|dengan|filipina"),
    "three by case and letters": ("Kata bahwaBenyaminterakhir hadir.", "bahwa|benyamin|terakhir"),
}


@pytest.mark.parametrize(("body", "parts"), CASES.values(), ids=CASES)
def test_words_without_a_blank_are_taken_apart(body: str, parts: str) -> None:
    names = ["Benyamin dan Tom Lembong di Filipina.", "Angka stunting turun.", "Benyamin lagi."]
    assert decided([[body, *names]]) == {parts.replace("|", ""): parts}


PARTS = (
    *("kesehatan", "menyerahkan", "menumbuh", "ditumbuh", "kembangkan", "mengadu", "mendarah"),
    *("mengakar", "mengharu", "bertolak", "beradu", "lamanya", "beranak", "berjabat", "bersilat"),
    *("bertepuk", "memukul", "dipukul", "menatausaha", "mencampur", "sebarluas", "lainnya"),
)


@pytest.mark.parametrize("others", [[], bodies(*PARTS)], ids=["few words", "many words"])
@pytest.mark.parametrize("name", RIGHT)
def test_no_right_word_is_taken_apart(name: str, others: list[str]) -> None:
    words = RIGHT[name]
    assert len(set(words)) > 300
    articles = [*(f"Di sana {word} dibahas." for word in words), "Satu kondisikesehatan."]
    assert decided([[*articles, *others]]) == {"kondisikesehatan": "kondisi|kesehatan"}


def test_a_word_that_many_articles_have_is_one_thing() -> None:
    few, many = ["Bus KotaKita lewat."], ["Bus KotaKita lewat."] * 30
    assert decided([few]) == {"kotakita": "kota|kita"}
    assert decided([many]) == {}


@pytest.mark.parametrize(("count", "found"), [(2, {"kotakita": "kota|kita"}), (3, {})])
def test_titles_and_bodies_count_as_articles_each(count: int, found: dict[str, str]) -> None:
    assert decided([["Bus KotaKita lewat."] * count], title="Bus KotaKita") == found


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


@settings(max_examples=examples(15))
@given(st.lists(_BODIES, min_size=1, max_size=4))
def test_articles_give_the_same_however_they_fall_into_segments(parts: list[list[str]]) -> None:
    parts = [part for part in parts if part]
    whole = [[body for part in parts for body in part]] if parts else []
    assert decided(parts) == decided(whole)
    if parts:
        assert decided(parts, merge=True) == decided(whole)


def test_most_articles_of_a_real_scrape_have_glued_words(data: Path) -> None:
    articles = list(read_articles([data / "wild" / "scraped.csv.gz"], ReadReport()))
    right = [f"Di sana {word} dibahas." for words in RIGHT.values() for word in words]
    found = decided([[*(article.body for article in articles), *right]])
    how = analysis()
    having = sum(
        any(token.surface in found for token in how.tokens(article.body)) for article in articles
    )
    assert having > len(articles) / 2
    assert not {word.lower() for words in RIGHT.values() for word in words} & found.keys()
