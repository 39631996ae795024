"""Stemmers against gold lemmas: the table that is kept says what is true."""

from __future__ import annotations

from pathlib import Path

from tests.bench import stems

_TABLE = Path(stems.__file__).with_name("stems.md")


def test_the_kept_table_is_what_the_gold_lemmas_say(data: Path) -> None:
    scores = stems.measure(stems.gold(data))
    assert stems.table(scores) in _TABLE.read_text("utf-8")
    ours = scores[-1]
    assert ours.name == "Warta"
    assert ours.accuracy >= 0.965
    for peer in scores[:-1]:
        assert ours.accuracy > peer.accuracy
