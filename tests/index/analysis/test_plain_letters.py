"""Letters beyond ASCII read as they are typed on a plain keyboard."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import analysis, fold
from index.analysis.plain_letters import LEADING_BYTES, in_plain_letters
from index.analysis.tokenizer import MAX_TERM_CHARACTERS
from index.dressed import undressed


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("pokémon", "pokemon"),
        ("ødegaard", "odegaard"),
        ("łukasz", "lukasz"),
        ("solskjær", "solskjaer"),
        ("hoeneß", "hoeness"),
        ("þórhildur", "thorhildur"),
        ("sigurðarson", "sigurdarson"),
        ("yıldız", "yildiz"),
        ("azərbaycan", "azerbaycan"),
        ("qurʾān", "quran"),
        ("hawaiʻi", "hawaii"),
        ("m²", "m2"),
        ("co₂", "co2"),
        ("h₂so₄", "h2so4"),
        ("µg", "ug"),
        ("\u03bcg", "ug"),
        ("ｍ２", "m2"),
        ("ﬁnal", "final"),
        ("ⅱ", "ii"),
        ("kata②", "kata2"),
        ("ℝ", "r"),
        ("aᴬ", "aa"),
        ("½", "0,5"),
        ("2½", "2,5"),
        ("7⅜", "7,375"),
    ],
)
def test_letters_are_read_as_they_are_typed(written: str, plain: str) -> None:
    assert in_plain_letters(written) == plain


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("đoković", "djokovic"),
        ("anđela", "andjela"),
        ("đorđe", "djordje"),
        ("đà", "da"),
        ("điện", "dien"),
        ("novak đoković di đà", "novak djokovic di da"),
    ],
)
def test_the_d_with_a_stroke_is_read_by_the_language_of_its_word(written: str, plain: str) -> None:
    assert in_plain_letters(written) == plain


@pytest.mark.parametrize(
    "number",
    ["10⁶", "60⁰", "5º", "3⅓", "37⁰c", "10₂", "5①", "5⑳", "①5", "1㉑", "⓪", "a5₂"],
)
def test_no_number_becomes_another_one(number: str) -> None:
    assert in_plain_letters(number) == number


@pytest.mark.parametrize("word", ["москва", "東京ｂｌａｃｋ", "قرآن", "й", "ʻ", "κόσμος", "\ud800"])
def test_words_that_plain_letters_cannot_write_stay(word: str) -> None:
    assert in_plain_letters(word) == word


@given(st.text("aø²½ßæđć́７ⅱ東1 ", max_size=9) | st.text(max_size=9))
def test_what_is_read_is_plain_or_the_word_and_is_read_so_again(word: str) -> None:
    plain = in_plain_letters(word)
    assert plain == word or (plain and plain.isascii())
    assert in_plain_letters(plain) == plain


def test_letters_with_a_stroke_are_read_as_those_without() -> None:
    """What Unicode calls a letter of a to z with a stroke."""
    named = {
        chr(code): letter.lower()
        for code in range(0x80, sys.maxunicode + 1)
        if (name := unicodedata.name(chr(code), "")).startswith("LATIN SMALL LETTER ")
        and name.endswith(" WITH STROKE")
        and len(letter := name.split()[3]) == 1
    }
    assert set("øłđħŧɨƶⱥɇƀǥɉ") <= named.keys()
    assert {one: in_plain_letters(one) for one in named} == named


def test_no_term_is_longer_than_terms_are() -> None:
    (token,) = analysis().tokens("ß" * MAX_TERM_CHARACTERS)
    assert token.stem == "s" * MAX_TERM_CHARACTERS


@pytest.mark.parametrize("before", ["", "a", "5"])
def test_every_letter_and_digit_of_unicode_is_plain_and_folded_or_stays(before: str) -> None:
    for word in filter(str.isalnum, map(fold, map(chr, range(0x80, sys.maxunicode + 1)))):
        plain = in_plain_letters(before + word)
        assert fold(plain) == plain, word
        kept = plain == before + word
        assert kept or (plain.isascii() and plain.replace(",", "").isalnum()), word


def test_the_bytes_that_begin_such_letters_are_named() -> None:
    """And those that begin the marks of Latin letters."""
    letters = (fold(chr(code)) for code in range(0x80, sys.maxunicode + 1) if chr(code).isalnum())
    begun = {
        character.encode()[0]
        for letter in letters
        if undressed(letter) == letter
        and (in_plain_letters(letter), in_plain_letters("a" + letter)) != (letter, "a" + letter)
        for character in letter
        if not character.isascii()
    }
    marks = {chr(code).encode()[0] for code in range(0x300, 0x370)}
    assert {*LEADING_BYTES} == begun | marks
