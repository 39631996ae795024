"""Whatever a file holds: articles or counted problems, soon and in little memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz import COUNT
from tests.fuzz.processes import tried
from tests.fuzz.readers import File, attempt


def test_altered_files_give_articles_or_counted_problems() -> None:
    outcomes = tried("readers", COUNT, 14)
    assert set(outcomes) <= {"articles", "articles with problems", "problems", "nothing in it"}
    assert outcomes["articles"] > outcomes["nothing in it"]
    assert outcomes.total() == COUNT


FOUND = {
    "a namespace of a feed that is not UTF-8": (
        File(
            "a.atom",
            b'<feed xmlns="http://www.w3.org/\xb0Atom"><entry><id>1</id><title>t</title>'
            b"<content>Isi.</content></entry></feed>",
        ),
        "articles",
    ),
    "a date of mail at an enormous minute": (
        File(
            "a.jsonl",
            b'{"body": "Isi.", "date": "29 Feb 2024 10:99999999999999 +0700"}\n',
        ),
        "articles",
    ),
    "twenty thousand columns of one name": (
        File("a.csv", b"body" + b",body" * 20_000 + b"\nIsi.\n"),
        "articles with problems",
    ),
    "a packed table of which nothing can be unpacked": (
        File("a.csv.zst", b"\x28\xb5\x2f\xfd"),
        "problems",
    ),
}


@pytest.mark.parametrize(("given", "expected"), FOUND.values(), ids=FOUND.keys())
def test_what_was_found_once_stays_mended(given: File, expected: str, tmp_path: Path) -> None:
    assert attempt(tmp_path, given) == expected
