"""The file of the user's words."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import NO_WORDS, UserWords, parse_words, read_words
from index.errors import WordsInvalid

_FILE = """\
# perusahaan
Gojek
  Bukalapak   # pasar daring

KPK = Komisi  Pemberantasan Korupsi
ri = indonesia = nusantara
"""


def test_what_a_file_says() -> None:
    words = parse_words(_FILE, "kata.txt")
    assert words.protected == {"gojek", "bukalapak"}
    assert words.synonyms == (
        ("kpk", "komisi pemberantasan korupsi"),
        ("ri", "indonesia", "nusantara"),
    )


def test_an_empty_file_is_no_words() -> None:
    assert parse_words("# kosong\n\n", "kata.txt") == NO_WORDS
    assert NO_WORDS.digest == ""


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("bank dunia", "protect one word a line"),
        ("kpk =", "two different words"),
        ("= kpk", "two different words"),
        ("kpk = KPK", "two different words"),
        ("a = = b", "two different words"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(line: str, reason: str) -> None:
    with pytest.raises(WordsInvalid, match=reason) as caught:
        parse_words(f"gojek\n\n{line}\n", "kata.txt")
    assert str(caught.value).startswith("kata.txt, line 3: ")
    assert "baris 3" in caught.value.indonesian


def test_a_file_that_is_not_utf_8_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "kata.txt"
    file.write_bytes(b"gojek\ncaf\xe9\n")
    with pytest.raises(WordsInvalid, match=r"kata\.txt, line 2: .*not UTF-8"):
        read_words(file)


def test_a_byte_order_mark_is_not_part_of_the_first_word(tmp_path: Path) -> None:
    file = tmp_path / "kata.txt"
    file.write_bytes(b"\xef\xbb\xbfgojek\r\ntokopedia\r\n")
    assert read_words(file).protected == {"gojek", "tokopedia"}


words = st.text("abcdefghijklm", min_size=1, max_size=5)
names = st.lists(words, min_size=1, max_size=3).map(" ".join)


@given(st.frozensets(words), st.lists(st.lists(names, min_size=2, max_size=3, unique=True)))
def test_words_survive_writing_and_reading(
    protected: frozenset[str], same: list[list[str]]
) -> None:
    given_words = UserWords(protected, tuple(map(tuple, same)))
    again = parse_words(given_words.to_text(), "kata.txt")
    assert again.protected == protected
    assert sorted(again.synonyms) == sorted(given_words.synonyms)
    assert again.digest == given_words.digest


def test_other_words_have_another_digest() -> None:
    digests = {
        parse_words(text, "").digest
        for text in ("", "gojek", "gojek\ntokopedia", "gojek = tokopedia", "tokopedia = gojek")
    }
    assert len(digests) == 5
