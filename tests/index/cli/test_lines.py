"""Lines of a report."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.cli.lines import WIDTH, cut, ending, joined


@given(st.lists(st.text("abc de", min_size=1, max_size=40), max_size=30))
def test_parts_fill_lines_and_none_is_lost(parts: list[str]) -> None:
    lines = list(joined("mulai: ", parts, "  "))
    assert all(len(line) <= WIDTH + 2 for line in lines)
    assert lines[0].startswith("mulai: ")
    assert "".join("".join(lines).split()).replace("·", "") == "mulai:" + "".join(
        "".join(parts).split()
    )


@given(st.text(max_size=300), st.integers(5, 80))
def test_a_text_is_cut_to_one_printable_line(text: str, most: int) -> None:
    short = cut(text, most)
    assert len(short) <= most
    assert short.isprintable()


def test_of_a_long_path_the_end_is_shown() -> None:
    assert ending("/a/b/berita.json", 50) == "/a/b/berita.json"
    assert ending("/folder" * 20 + "/berita.json", 20) == "…/folder/berita.json"
    assert ending("\x1b[2J.json", 20).isprintable()
