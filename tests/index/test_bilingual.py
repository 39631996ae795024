from __future__ import annotations

from index.bilingual import Text, listed, localised


def test_a_text_is_filled_in_both_languages() -> None:
    filled = Text("at most {limit}", "paling banyak {limit}").filled({"limit": "3"})
    assert filled == Text("at most 3", "paling banyak 3")


def test_a_list_is_written_as_each_language_does() -> None:
    words = [Text("source", "sumber"), Text("place", "tempat"), Text("author", "penulis")]
    assert listed(words) == Text("source, place and author", "sumber, tempat, dan penulis")


def test_only_texts_of_a_document_change_with_the_language() -> None:
    document = {"a": [Text("yes", "ya"), 1], "b": "c", "d": (None,)}
    assert localised(document, "en") == {"a": ["yes", 1], "b": "c", "d": [None]}
    assert localised(document, "id") == {"a": ["ya", 1], "b": "c", "d": [None]}
