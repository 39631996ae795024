"""The file of the user's words."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis import NO_WORDS, TextAnalysis, UserWords, parse_words, read_words
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
        ("indonesia", "nusantara", "ri"),
        ("komisi pemberantasan korupsi", "kpk"),
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
        ("kpk = KPK'", "two different words"),
        ("Jum’at = jumat", "two different words"),
        ("serba-serbi = serba\u2011serbi", "two different words"),
        ("kpk=#kpk1", 'cannot begin with "#"'),
        ("kpk=# komisi = ri", 'cannot begin with "#"'),
        ("1.250", "numbers are never stemmed"),
        ("2023", "numbers are never stemmed"),
        ("kpk = %%", "two different words"),
        ("pro-kontra", "not one word"),
        ("kompas.com", "not one word"),
        ("%%", "not one word"),
        (" = ".join(f"n{number}" for number in range(17)), "at most 16"),
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


lines = st.lists(
    st.sampled_from(
        ["gojek", "Jum'at", "café", "b = c", "c=b", "kpk = komisi pemberantasan korupsi", "# x"]
    )
    | st.text("ab1 =#.,-'_\u00ad\u2011\ufeffİé\u0301", max_size=12)
    | st.text(max_size=8).map("kpk={}".format)
)


def read(found: list[str]) -> UserWords:
    """What the lines that can be read say."""
    good = []
    for line in "\n".join(found).splitlines():
        with suppress(WordsInvalid):
            parse_words(line, "")
            good.append(line)
    return parse_words("\n".join(good), "")


@settings(deadline=None)
@given(lines)
def test_words_survive_writing_and_reading(found: list[str]) -> None:
    given_words = read(found)
    written = given_words.to_text().encode("utf-8").decode("utf-8-sig")
    again = parse_words(written, "kata.txt")
    assert again == given_words
    assert again.digest == given_words.digest


@given(lines)
def test_the_order_of_lines_does_not_matter(found: list[str]) -> None:
    assert read(list(reversed(found))) == read(found)


def test_the_order_of_names_does_not_matter() -> None:
    texts = ("a = b = c", "c=a=b", "b = C' = a = c\na = c = b")
    assert len({parse_words(text, "").digest for text in texts}) == 1


def test_names_that_are_read_in_other_ways_are_different() -> None:
    assert parse_words("e-mail = e mail = email", "").synonyms == (("e mail", "e-mail", "email"),)


@pytest.mark.parametrize(
    "entry", ["penangkapan", "Jum'atan", "pengécat", "anak2", "resiko", "MENANGKAP"]
)
def test_what_is_protected_stays(entry: str) -> None:
    how = TextAnalysis(parse_words(entry, "kata.txt"))
    (token,) = how.explain(entry)
    assert token.stem == token.surface or token.rule.startswith("letters")
    assert "user" in token.rule or token.rule == "unchanged"


def test_a_sign_inside_a_word_begins_no_comment() -> None:
    assert parse_words("kpk = c#x # tentang", "kata.txt").synonyms == (("c x", "kpk"),)


def test_other_words_have_another_digest() -> None:
    digests = {
        parse_words(text, "").digest
        for text in ("", "gojek", "gojek\ntokopedia", "gojek = tokopedia", "gojek = tokopedia = x")
    }
    assert len(digests) == 5
