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


def name_words(text: str) -> dict[str, int]:
    root, _ = understood(parse(text).root)
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


def test_the_words_beside_answers_are_single_tokens_of_one_list() -> None:
    from index.analysis import analysis

    for kind in Kind:
        words = answer_words(kind)
        assert len(set(words)) == len(words)
        assert [token.surface for token in analysis().tokens(" ".join(words))] == list(words)
