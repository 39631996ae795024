"""Cleaning text."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources.problems import ProblemKind
from index.sources.text import cleaning
from index.sources.text.cleaning import Faults, clean, decode, one_line
from index.sources.text.mojibake import LEADS


def cleaned(text: str) -> tuple[str, Faults]:
    faults: Faults = []
    return clean(text, "body", faults), faults


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("polos", "polos"),
        ("dua\nbaris\tdan tab", "dua\nbaris\tdan tab"),
        ("satu\r\ndua\rtiga", "satu\ndua\ntiga"),
        ("cafe\u0301", "café"),
        ("\ufeffawal", "awal"),
        ("kanan\u202eke kiri\u202c", "kanan\u202eke kiri\u202c"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("tanpa\u200bspasi", "tanpa\u200bspasi"),
    ],
)
def test_what_is_no_damage_is_no_repair(text: str, result: str) -> None:
    assert cleaned(text) == (result, [])


@pytest.mark.parametrize(
    ("text", "result", "kind"),
    [
        ("nul\0bita", "nulbita", ProblemKind.NUL_BYTE),
        ("bel\x07", "bel", ProblemKind.CONTROL_CHARACTER),
        ("hapus\x7f", "hapus", ProblemKind.CONTROL_CHARACTER),
        ("\x1b[31mmerah", "[31mmerah", ProblemKind.CONTROL_CHARACTER),
        ("c1\x9b", "c1", ProblemKind.CONTROL_CHARACTER),
        ("halaman\x0cbaru", "halaman\nbaru", ProblemKind.CONTROL_CHARACTER),
        ("\ud83dseparuh", "\ufffdseparuh", ProblemKind.LONE_SURROGATE),
        (decode(b"\x93kutip\x94 caf\xe9"), "“kutip” café", ProblemKind.INVALID_UTF8),
        (decode(b"Rp\xa01.000"), "Rp\xa01.000", ProblemKind.INVALID_UTF8),
        (decode(b"tak ada \x81"), "tak ada \ufffd", ProblemKind.INVALID_UTF8),
        (decode("terpotong –".encode()[:-1]), "terpotong \ufffd", ProblemKind.INVALID_UTF8),
        (decode("utuh – ".encode() + b"\x93"), "utuh – “", ProblemKind.INVALID_UTF8),
    ],
)
def test_damage_is_repaired_and_named(text: str, result: str, kind: ProblemKind) -> None:
    assert cleaned(text) == (result, [(kind, "body")])


def test_a_kind_is_noted_once_an_article() -> None:
    faults: Faults = []
    clean("a\0", "title", faults)
    clean("b\0\x07", "body", faults)
    assert faults == [(ProblemKind.NUL_BYTE, "title"), (ProblemKind.CONTROL_CHARACTER, "body")]


@pytest.mark.parametrize("marks", ["\u0301\u0323", "\u0f73", "\u0f75\u0f71", "\u0f81\u0323"])
def test_a_mountain_of_marks_takes_no_hours(marks: str) -> None:
    text, _ = cleaned("a" + marks * 1_000_000)
    assert unicodedata.is_normalized("NFC", text)


def test_what_begins_with_a_mark_in_nfc_is_a_mark_or_known() -> None:
    letters = [one for one in map(chr, range(0x110000)) if not unicodedata.combining(one)]
    begin = [unicodedata.combining(unicodedata.normalize("NFC", one)[0]) for one in letters]
    assert "".join(one for one, mark in zip(letters, begin, strict=True) if mark) == cleaning._PAIRS


@given(st.text(alphabet=st.characters()) | st.binary().map(decode))
def test_any_text_comes_out_clean_and_stays_so(text: str) -> None:
    result, _ = cleaned(text)
    assert result.encode().decode() == result
    assert unicodedata.is_normalized("NFC", result)
    assert not any(
        unicodedata.category(character) == "Cc" and character not in "\t\n" for character in result
    )
    assert cleaned(result) == (result, [])


def test_a_control_that_restoring_brings_again_and_again_is_taken_out() -> None:
    assert cleaned("Ã¢â‚¬Âó\xa0“?\udc80")[0] == "Ã¢â‚¬Âó\xa0“?€"


def test_one_line_has_single_spaces() -> None:
    assert one_line("  dua\n\n baris\t ") == "dua baris"


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("ﬁnal oﬀside eﬃsien baﬄe ﬂu ﬆ", "final offside effisien baffle flu st"),
        ("Ｊａｋａｒｔａ ２０２５！", "Jakarta 2025！"),
        ("𝐁𝐚𝐧𝐣𝐢𝐫 𝟐", "Banjir 2"),
        ("de\u00admokrasi se\u2011Indonesia", "de\u00admokrasi se\u2011Indonesia"),
    ],
)
def test_letters_in_another_dress_are_read_as_letters(text: str, result: str) -> None:
    assert cleaned(text) == (result, [])


def test_no_beginning_of_mojibake_is_taken_for_ordinary() -> None:
    leads = [c for c in map(chr, range(0x110000)) if re.fullmatch(f"[{LEADS}]", c)]
    assert [lead for lead in leads if cleaning._ORDINARY.fullmatch(lead)] == []


def test_what_is_ordinary_is_in_nfc_beside_anything() -> None:
    ordinary = [c for c in map(chr, range(0x80, 0x110000)) if cleaning._ORDINARY.fullmatch(c)]
    assert not any(map(unicodedata.combining, ordinary))
    assert all(unicodedata.is_normalized("NFC", f"a{c}") for c in ordinary)
    decomposed = [unicodedata.decomposition(chr(code)).split() for code in range(0x110000)]
    seconds = {chr(int(one[1], 16)) for one in decomposed if len(one) == 2 and one[0].isalnum()}
    of_syllables = {chr(code) for code in (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))}
    assert (seconds | of_syllables).isdisjoint(ordinary)


def test_what_is_before_u0300_is_in_nfc_and_composes_with_nothing_before_it() -> None:
    """Over all characters: what ``_composed`` cuts a text by."""
    before = [*map(chr, range(0x300))]
    assert not any(map(unicodedata.combining, before))
    assert all(unicodedata.is_normalized("NFC", one) for one in before)
    decomposed = [unicodedata.decomposition(chr(code)).split() for code in range(0x110000)]
    seconds = {chr(int(one[1], 16)) for one in decomposed if len(one) == 2 and one[0].isalnum()}
    assert seconds.isdisjoint(before)


_MARKED = st.sampled_from(
    [*"aeA \n\t.", "\u0301", "\u0323", "\u0651", "\u064e", "الله", "é", "가", "ᆨ", "가"]
)


@given(st.lists(_MARKED | st.characters(), max_size=30).map("".join))
def test_in_parts_a_text_becomes_what_it_becomes_as_a_whole(text: str) -> None:
    assert cleaning._composed(text) == unicodedata.normalize("NFC", text)
