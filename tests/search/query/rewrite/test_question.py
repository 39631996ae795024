"""Questions: what they ask for, and which of their words are sought."""

from __future__ import annotations

import pytest

from search.query.question_words import Asks, answer_words
from search.query.syntax.boolean import AllOf
from search.query.syntax.word import Word
from tests.search.local.asking import reading


def sought(text: str) -> list[str]:
    root = reading(text).root
    assert isinstance(root, AllOf)
    return [node.surface for node in root.nodes if isinstance(node, Word) and not node.optional]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("kapan Candi Borobudur dibangun?", Asks.TIME),
        ("tahun berapa Candi Borobudur dibangun", Asks.TIME),
        ("berapakah luas Pulau Flores", Asks.NUMBER),
        ("siapakah pendiri PBB?", Asks.PERSON),
        ("dimanakah letak Sisilia", Asks.PLACE),
        ("di mana letak Sisilia", Asks.PLACE),
        ("apa yang dimaksud dengan fotosintesis", Asks.MEANING),
        ("pengertian fotosintesis tumbuhan", Asks.MEANING),
        ("mengapa langit biru", Asks.REASON),
        ("bagaimana cara membuat tempe", Asks.MANNER),
        ("apa ibu kota Peru", Asks.THING),
        ("Kemenangan berarti bagi timnas", None),
        ("kereta cepat bandung", None),
        ("siapa", None),
        ("siapa OR kapan", None),
        ('"siapa" gubernur', None),
        ("judul:siapa gubernur", None),
        ("", None),
    ],
)
def test_what_a_question_asks_for(text: str, kind: Asks | None) -> None:
    assert reading(text).kind is kind


def test_words_that_ask_and_go_with_the_asking_are_spared() -> None:
    assert sought("siapa nama gubernur Bali yang baru") == ["gubernur", "bali", "baru"]
    assert sought("nama gubernur Bali") == ["nama", "gubernur", "bali"]


def test_what_goes_with_the_asking_is_told_by_its_form_and_not_in_names() -> None:
    assert sought("Siapa direktur Bank Negara Indonesia") == [
        *("direktur", "bank", "negara", "indonesia")
    ]
    assert sought("di negara mana letak Kali Ciliwung") == ["kali", "ciliwung"]
    assert sought("Letak Candi Sewu dimana") == ["candi", "sewu"]
    assert sought("apa suku pedalaman Kalimantan") == ["suku", "pedalaman", "kalimantan"]


def test_the_words_beside_answers_are_single_tokens_of_one_list() -> None:
    from index.analysis import analysis

    for kind in Asks:
        words = answer_words(kind)
        assert len(set(words)) == len(words)
        assert [token.surface for token in analysis().tokens(" ".join(words))] == list(words)
