"""Whatever a file holds: articles or counted problems, soon and in little memory."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from index.sources import ProblemKind, ReadReport, read_articles
from tests.fuzz import COUNT
from tests.fuzz.processes import tried
from tests.fuzz.readers import File, attempt
from tests.fuzz.seeds import SEEDS


def test_altered_files_give_articles_or_counted_problems() -> None:
    outcomes = tried("readers", COUNT, 14)
    assert set(outcomes) <= {"articles", "articles with problems", "problems", "nothing in it"}
    assert outcomes["articles"] > outcomes["nothing in it"]
    assert outcomes.total() == COUNT


_STREAM = SEEDS[".arrow"]()
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
    "a stream of rows that breaks off before the first": (
        File("a.arrow", _STREAM[: 8 + int.from_bytes(_STREAM[4:8], "little")]),
        "problems",
    ),
    "a packed table of which nothing can be unpacked": (
        File("a.csv.zst", b"\x28\xb5\x2f\xfd"),
        "problems",
    ),
}


@pytest.mark.parametrize(
    ("part", "change", "articles"),
    [
        ("xl/workbook.xml", lambda text: text.replace(b"<sheet ", b"sheet "), 0),
        ("xl/workbook.xml", lambda text: text.replace(b"<sheet ", b"sheet ", 1), 0),
        ("xl/worksheets/sheet2.xml", lambda text: None, 4),
    ],
    ids=["none is named", "one is not named", "its part is gone"],
)
def test_a_sheet_that_cannot_be_found_is_told(
    part: str, change: Callable[[bytes], bytes | None], articles: int, tmp_path: Path
) -> None:
    content = io.BytesIO(SEEDS[".xlsx"]())
    with zipfile.ZipFile(content) as whole, zipfile.ZipFile(tmp_path / "a.xlsx", "w") as made:
        for name in whole.namelist():
            text = change(whole.read(name)) if name == part else whole.read(name)
            if text is not None:
                made.writestr(name, text)
    report = ReadReport()
    assert len(list(read_articles([tmp_path / "a.xlsx"], report))) == articles
    assert report.kinds[ProblemKind.DAMAGED_FILE] == 1


@pytest.mark.parametrize(("given", "expected"), FOUND.values(), ids=FOUND.keys())
def test_what_was_found_once_stays_mended(given: File, expected: str, tmp_path: Path) -> None:
    assert attempt(tmp_path, given) == expected
