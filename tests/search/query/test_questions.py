"""Questions: what they ask for, and which of their words are sought."""

from __future__ import annotations

import pytest

from search.query import AllOf, Kind, Word, answer_words, parse, understood


def sought(text: str) -> list[str]:
    root, _ = understood(parse(text).root)
    assert isinstance(root, AllOf)
    return [node.surface for node in root.nodes if isinstance(node, Word) and not node.spared]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("kapan Candi Borobudur dibangun?", Kind.TIME),
        ("tahun berapa Candi Borobudur dibangun", Kind.TIME),
        ("berapakah luas Pulau Flores", Kind.NUMBER),
        ("siapakah pendiri PBB?", Kind.PERSON),
        ("dimanakah letak Sisilia", Kind.PLACE),
        ("di mana letak Sisilia", Kind.PLACE),
        ("apa yang dimaksud dengan fotosintesis", Kind.MEANING),
        ("pengertian fotosintesis tumbuhan", Kind.MEANING),
        ("mengapa langit biru", Kind.REASON),
        ("bagaimana cara membuat tempe", Kind.MANNER),
        ("apa ibu kota Peru", Kind.THING),
        ("Kemenangan berarti bagi timnas", None),
        ("kereta cepat bandung", None),
        ("siapa", None),
        ("siapa OR kapan", None),
        ('"siapa" gubernur', None),
        ("judul:siapa gubernur", None),
        ("", None),
    ],
)
def test_what_a_question_asks_for(text: str, kind: Kind | None) -> None:
    assert understood(parse(text).root)[1] is kind


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

    for kind in Kind:
        words = answer_words(kind)
        assert len(set(words)) == len(words)
        assert [token.surface for token in analysis().tokens(" ".join(words))] == list(words)
