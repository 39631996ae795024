"""Which words of an archive may be strong parts, of all its terms at once and of a few."""

from __future__ import annotations

from pathlib import Path

from whoosh.filedb.filestore import FileStorage

from index.analysis import NO_WORDS
from index.build.segment_builder import SegmentBuilder
from index.glued.looking_up import Dictionary
from index.glued.parts import PREFIXES, may_be_derived
from index.glued.vocabulary import FieldTerms, counted, words_in
from index.segments.hashing import numbers_of
from index.segments.reader import open_segment
from tests.conftest import article


def test_words_of_six_letters_or_more_look_derived(tmp_path: Path) -> None:
    words = [prefix + "xqzvkw"[:size] for prefix in (*PREFIXES, "xo") for size in range(2, 7)]
    words = [word for word in words if len(word) >= 4]
    builder = SegmentBuilder(tmp_path, NO_WORDS, 1 << 28)
    builder.add([article(1, "", " ".join(words))])
    builder.flush()
    reader = open_segment(FileStorage(str(tmp_path)), builder.segments[0])
    fields = [FieldTerms(reader.fields["body_exact"])]
    every = words_in(fields, *counted(fields), 1, few=False)
    _, some = Dictionary([reader]).counts(words, 1)
    expected = [*map(may_be_derived, words)]
    assert every.strong(numbers_of([word.encode() for word in words])).tolist() == expected
    assert some.strong(numbers_of([word.encode() for word in words])).tolist() == expected
    assert not may_be_derived("kerja")
    assert may_be_derived("kerjaan")
