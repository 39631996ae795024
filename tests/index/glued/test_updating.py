"""A few new articles: only their terms are decided, as deciding of all would."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from whoosh.filedb.filestore import FileStorage

from index.analysis import NO_WORDS, analysis
from index.build.segment_builder import SegmentBuilder
from index.glued.deciding import decide, decide_new
from index.segments.reader import open_segment
from tests.conftest import article
from tests.index.glued.vocabulary import RARE

OLD = [
    *(f"Harga rumah naik {' '.join(RARE[at::300])} lagi." for at in range(300)),
    "Soal hargarumah itu.",
    "Soal JakartaKita itu.",
]

CASES = {
    "a new one in small letters": "Kabar rumahnaik itu.",
    "a new one by case": "Acara diKota naikHarga JakartaKita.",
    "an old one again": "Soal hargarumah lagi.",
    "an old one with a capital": "Soal Hargarumah dan jakartakita.",
    "three": "Soal naikhargarumah itu.",
    "none": "Harga rumah naik lagi.",
    "a typing error": "Ia menyerahakan kunci.",
    "too often": "Soal rumahnaik.\n" * 6,
}


@pytest.mark.parametrize("new", CASES.values(), ids=CASES)
def test_terms_of_new_articles_are_decided_as_all_would_be(new: str) -> None:
    with TemporaryDirectory() as name:
        builder = SegmentBuilder(Path(name), NO_WORDS, 1 << 28)
        for part in (OLD, new.splitlines()):
            builder.add([article(number, "", body) for number, body in enumerate(part)])
            builder.flush()
        storage = FileStorage(name)
        segments = [open_segment(storage, one) for one in builder.segments]
        before, whole = decide(segments[:1], analysis()), decide(segments, analysis())
        assert not whole.few
        found, often = decide_new(segments, segments[1:], analysis())
        after = {word: parts for word, parts in before.glued.items() if word not in often} | found
        expected = dict(whole.glued)
        if new == CASES["an old one with a capital"]:  # It stays till all is decided again.
            expected["hargarumah"] = ("harga", "rumah")
        assert after == expected
