from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.one_line import one_line

ANY = st.text(st.characters(), max_size=40)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("harga beras naik é 米", "harga beras naik é 米"),
        ("a\nb\r\nc\td", r"a\nb\r\nc\td"),
        ("\x1b[31mmerah\x1b]0;judul\x07", r"\x1b[31mmerah\x1b]0;judul\x07"),
        ("\x00\x7f\x85\x9b", r"\x00\x7f\x85\x9b"),
        ("a\u2028b\u2029c", r"a\u2028b\u2029c"),
        ("\u202eterbalik\u2066", r"\u202eterbalik\u2066"),
        ("\ufeff\u200b", r"\ufeff\u200b"),
        ("\ud800", r"\ud800"),
        ("\U000e0041", r"\U000e0041"),
        (r"a\nb", r"a\\nb"),
    ],
)
def test_what_is_not_printable_is_written_out(text: str, shown: str) -> None:
    assert one_line(text) == shown


@given(ANY)
def test_the_line_is_printable_and_tells_the_text(text: str) -> None:
    shown = one_line(text)
    assert shown.isprintable()
    escaped = shown.encode("latin-1", "backslashreplace")
    assert escaped.decode("unicode_escape") == text
