"""Names in questions: which words are one."""

from __future__ import annotations

from search.query.syntax.boolean import AllOf
from search.query.syntax.word import Word
from tests.search.local.asking import reading


def name_words(text: str) -> dict[str, int]:
    root = reading(text).root
    assert isinstance(root, AllOf)
    return {word.surface: word.name_words for word in root.nodes if isinstance(word, Word)}


def test_words_with_capitals_side_by_side_are_one_name() -> None:
    text = "Kapan Ernest Douwes Dekker lahir di Pasuruan, Jawa Timur?"
    of = {"kapan": 0, "ernest": 3, "douwes": 3, "dekker": 3, "lahir": 0, "di": 0}
    assert name_words(text) == of | {"pasuruan": 3, "jawa": 3, "timur": 3}


def test_names_end_at_words_that_need_not_match_or_are_not_of_both_fields() -> None:
    assert name_words("siapa Presiden Di Bali") == {"siapa": 0, "presiden": 1, "di": 0, "bali": 1}
    assert name_words("siapa Gubernur judul:Bali") == {"siapa": 0, "gubernur": 1, "bali": 0}
    assert name_words('siapa Gubernur "Bali" Baru') == {"siapa": 0, "gubernur": 1, "baru": 1}


def test_capitals_of_what_is_no_question_say_nothing() -> None:
    assert set(name_words("Gubernur Bali Tekan Inflasi").values()) == {0}


def test_names_that_never_end_are_long_names() -> None:
    words = "SIAPA " + " ".join(f"N{chr(65 + n)}A" for n in range(12))
    assert set(name_words(words).values()) == {0, 8}
