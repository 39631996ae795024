"""Titles for articles that have none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources.text.titles import LONGEST, derive_title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Harga beras naik. Pedagang menunggu.", "Harga beras naik"),
        ("Harga beras naik! Pedagang menunggu.", "Harga beras naik!"),
        ("“Harga naik.” Pedagang menunggu.", "“Harga naik.”"),
        ("Harga beras naik\nPedagang menunggu.", "Harga beras naik"),
        ("\n\n Harga beras naik.\n", "Harga beras naik"),
        ("Harga Rp1.500 per kg. Naik lagi.", "Harga Rp1.500 per kg"),
        ("Menurut Dr. Sari harga naik. Pasar ramai.", "Menurut Dr. Sari harga naik"),
        ("PT. Maju dan H. Amir sepakat. Pasar ramai.", "PT. Maju dan H. Amir sepakat"),
        ("Rapat digelar di DPR. Ketua hadir.", "Rapat digelar di DPR"),
        ("Tanpa titik", "Tanpa titik"),
        ("...", "..."),
        (".", "."),
        ("", ""),
    ],
)
def test_the_first_sentence_is_the_title(text: str, title: str) -> None:
    assert derive_title(text) == title


def test_a_long_sentence_is_cut_at_a_word() -> None:
    title = derive_title("Rusia dan Kamboja telah mempertahankan aliansi persahabatan, " * 5)
    assert title == (
        "Rusia dan Kamboja telah mempertahankan aliansi persahabatan, Rusia dan Kamboja telah…"
    )


@given(st.text(alphabet="ab .,?\n“”"))
def test_a_title_is_one_short_line_and_empty_only_for_nothing(text: str) -> None:
    title = derive_title(text)
    assert len(title) <= LONGEST
    assert "\n" not in title
    assert bool(title) == bool(text.strip())


def test_a_word_without_end_is_cut_inside() -> None:
    assert derive_title("a" * 10**6) == "a" * (LONGEST - 1) + "…"
