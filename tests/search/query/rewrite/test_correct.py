"""What is put in the place of misspelt words that stand beside others."""

from __future__ import annotations

import pytest

from index.analysis import analysis
from search.query.parse import parse
from search.query.rewrite import Correction, Typed
from search.query.rewrite.correct import correct, words_in
from search.query.rewrite.interpretation import Interpretation
from search.query.syntax.boolean import AnyOf
from search.query.syntax.near import InSentence, Near, Opening
from search.query.syntax.node import Node
from search.query.syntax.pattern import Fuzzy, Pattern
from search.query.syntax.phrase import Phrase
from search.query.syntax.word import Word


def word(surface: str) -> Word:
    return Word(surface, analysis().stem(surface), "body")


WRONG, OTHER = word("rumahsakid"), word("jakarta")
RIGHT = (word("rumah"), word("sakit"))
BESIDE = Phrase(("rumah", "sakit"), "body")

NODES: dict[str, tuple[Node, Node]] = {
    "near": (Near((WRONG, OTHER), 5, scope="body"), Near((BESIDE, OTHER), 5, scope="body")),
    "an alternative that is near": (
        Near((AnyOf((WRONG, OTHER)), OTHER), 5),
        Near((AnyOf((BESIDE, OTHER)), OTHER), 5),
    ),
    "early": (Opening(WRONG), Opening(BESIDE)),
    "in a sentence": (InSentence((OTHER, WRONG)), InSentence((OTHER, BESIDE))),
}


@pytest.mark.parametrize(("node", "expected"), NODES.values(), ids=NODES)
def test_two_words_in_the_place_of_one_are_a_phrase(node: Node, expected: Node) -> None:
    correction = Correction(Typed(WRONG, "rumahsakid", 0), RIGHT)
    found = correct(Interpretation("rumahsakid", node, ()), analysis(), (correction,)).root
    assert found == expected
    assert found is not None
    assert found.placed("body") is not None


@pytest.mark.parametrize(
    ("typed", "corrected"),
    [
        ("banjir keretaapii", "banjir kereta api"),
        ("banjir OR Keretaapii", "banjir OR Kereta api"),
        ("banjir NEAR/5 keretaapii", 'banjir NEAR/5 "kereta api"'),
        ("keretaapii NEAR/5 banjir jalan", '"kereta api" NEAR/5 banjir jalan'),
        ("banjir NEAR/5 (keretaapii OR jalan)", 'banjir NEAR/5 ("kereta api" OR jalan)'),
        ("judul:keretaapii banjir", "judul:(kereta api) banjir"),
        ("judul:(keretaapii banjir)", "judul:(kereta api banjir)"),
        ("judul:(banjir NEAR/5 keretaapii)", 'judul:(banjir NEAR/5 "kereta api")'),
        ("awal:keretaapii", 'awal:"kereta api"'),
        ("kalimat:(banjir keretaapii)", 'kalimat:(banjir "kereta api")'),
        ("banjir AND keretaapii", "banjir AND (kereta api)"),
        ("+keretaapii banjir", "+(kereta api) banjir"),
        ("keretaapii awal:keretaapii", 'kereta api awal:"kereta api"'),
    ],
)
def test_the_corrected_text_asks_for_what_is_searched(typed: str, corrected: str) -> None:
    how = analysis()
    parsed = parse(typed, how)
    corrections = tuple(
        Correction(
            Typed(one, one.surface, 0),
            tuple(Word(text, how.stem(text), one.scope) for text in ("kereta", "api")),
        )
        for one in words_in(parsed.root)
        if one.surface == "keretaapii"
    )
    found = correct(Interpretation(typed, parsed.root), how, corrections)
    assert found.text == corrected
    assert found.root == parse(found.text, how).root


def test_what_is_written_as_it_is_meant_is_never_misspelt() -> None:
    asked = Near((Phrase(("kota",)), Pattern("*karta"), Fuzzy("kebakran", 1), OTHER), 5)
    assert words_in(asked) == [OTHER]
