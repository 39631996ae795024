"""HTML with marks is read back as the text that it was made of."""

from __future__ import annotations

from html import escape

from hypothesis import given
from hypothesis import strategies as st

from search.marked_html import pieces_of, plain_text

TEXT = st.text(st.sampled_from("ab &<>/;\"'mark\n"), max_size=12)


@given(st.lists(st.tuples(TEXT, TEXT), max_size=4), TEXT)
def test_pieces_are_those_that_were_marked_and_those_between(
    parts: list[tuple[str, str]], end: str
) -> None:
    marked = "".join(f"{escape(one)}<mark>{escape(two)}</mark>" for one, two in parts) + escape(end)
    expected = [piece for one, two in parts for piece in ((one, False), (two, True))]
    assert list(pieces_of(marked)) == [*expected, (end, False)]
    assert plain_text(marked) == "".join(text for text, _ in pieces_of(marked))


def test_what_an_article_writes_as_a_mark_stays_text() -> None:
    assert plain_text("a <mark>b</mark> &lt;mark&gt; &amp;lt;") == "a b <mark> &lt;"
