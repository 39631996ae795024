"""What a snapshot keeps of its segments."""

from __future__ import annotations

from pathlib import Path

from search.local.reading.snapshot import Snapshot
from tests.conftest import article
from tests.search.local.archives import write_archive


def test_the_sentences_of_a_segment_are_read_once(tmp_path: Path) -> None:
    path = tmp_path / "index"
    write_archive(path, [[article(0, "Kabar", "Banjir surut. Warga pulang.")]], set())
    snapshot = Snapshot(path)
    found = snapshot.sentences(0)
    assert found.begins.tolist() == [2]
    assert snapshot.sentences(0) is found
    snapshot.close()
