"""Stemmers against gold lemmas: the table that is kept says what is true."""

from __future__ import annotations

from pathlib import Path

from tests.bench import stems

_README = Path(__file__).parents[3] / "README.md"
_TABLE = Path(stems.__file__).with_name("stems.md")


def test_the_kept_table_is_what_the_gold_lemmas_say(data: Path) -> None:
    scores = stems.measure(stems.gold(data))
    assert stems.table(scores) in _TABLE.read_text("utf-8")
    readme = _README.read_text("utf-8")
    for one in scores[1:]:
        assert (
            f"| {one.name} | {one.accuracy:.4f} | {one.precision:.4f} | {one.recall:.4f} |"
            in readme
        )
    ours = scores[-1]
    assert ours.name == "Warta"
    assert ours.accuracy >= 0.965
    for peer in scores[:-1]:
        assert ours.accuracy > peer.accuracy
