"""What a snapshot keeps of its segments."""

from __future__ import annotations

from html import escape
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


def test_titles_of_lists_are_escaped_whatever_they_have(tmp_path: Path) -> None:
    path = tmp_path / "index"
    titles = ["Banjir surut", *[f"Banjir {sign} surut" for sign in "&<>\"'"]]
    write_archive(path, [[article(at, one, "Banjir.") for at, one in enumerate(titles)]], set())
    snapshot = Snapshot(path)
    shown = snapshot.listed(list(range(len(titles))))
    assert [(one[1], one[2]) for one in shown] == [(one, escape(one)) for one in titles]
    snapshot.close()
