"""What is put in the place of misspelt words that stand beside others."""

from __future__ import annotations

import pytest

from index.analysis import analysis
from search.query.rewrite import Correction, Typed
from search.query.rewrite.correct import correct, words_in
from search.query.rewrite.interpretation import Interpretation
from search.query.syntax.boolean import AnyOf
from search.query.syntax.near import InSentence, Near, Opening
from search.query.syntax.node import Node
from search.query.syntax.pattern import Fuzzy, Pattern
from search.query.syntax.phrase import Phrase
from search.query.syntax.spellings import SideBySide
from search.query.syntax.word import Word


def word(surface: str) -> Word:
    return Word(surface, analysis().stem(surface), "body")


WRONG, OTHER = word("rumahsakid"), word("jakarta")
RIGHT = (word("rumah"), word("sakit"))
BESIDE = SideBySide(RIGHT)

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
def test_two_words_in_the_place_of_one_stand_side_by_side(node: Node, expected: Node) -> None:
    correction = Correction(Typed(WRONG, "rumahsakid", 0), RIGHT)
    found = correct(Interpretation("rumahsakid", node, ()), analysis(), (correction,)).root
    assert found == expected
    assert found is not None
    assert found.placed("body") is not None


def test_what_is_written_as_it_is_meant_is_never_misspelt() -> None:
    asked = Near((Phrase(("kota",)), Pattern("*karta"), Fuzzy("kebakran", 1), OTHER), 5)
    assert words_in(asked) == [OTHER]
