"""What errors say."""

from __future__ import annotations

from pathlib import Path

from index.bilingual import Text
from index.errors import (
    ArticlesLost,
    ClusterUnsupported,
    IndexDamaged,
    IndexLocked,
    IndexMissing,
    IndexOutdated,
    IndexUnavailable,
    IndexUnreachable,
    IndexUnreadable,
    IndexUrlInvalid,
    NewFileDamaged,
    NoEarlierGeneration,
    WartaError,
    WorkerDied,
    WritingFailed,
)


def test_every_error_speaks_both_languages(tmp_path: Path) -> None:
    assert WorkerDied().english != WorkerDied().indonesian
    assert "3" in ArticlesLost(3, 2).indonesian
    errors: list[WartaError] = [
        IndexMissing(tmp_path),
        IndexOutdated(tmp_path, "a", "b"),
        IndexDamaged(tmp_path, "x", "y"),
        IndexUnreadable(tmp_path, "x", PermissionError(13, "Permission denied")),
        IndexUnreadable(tmp_path, "x", OSError(5, "Input/output error")),
        IndexUnreadable(tmp_path, "x", ValueError("embedded null byte")),
        IndexLocked(tmp_path),
        NoEarlierGeneration(tmp_path),
        NewFileDamaged(tmp_path, "x", "y"),
        WritingFailed(tmp_path, OSError(28, "No space left on device")),
        WritingFailed(tmp_path, OSError(5, "Input/output error")),
    ]
    for error in errors:
        assert str(error) == error.english != error.indonesian
        assert str(tmp_path) in error.english
        assert str(tmp_path) in error.indonesian


def test_what_is_wrong_with_a_cluster_is_said_in_both_languages() -> None:
    url = "opensearch://cari.example:9200/berita"
    errors: list[IndexUnavailable] = [
        IndexUnreachable(url, "cari.example:9200", Text("it sleeps", "ia tidur")),
        ClusterUnsupported(url, "cari.example:9200"),
    ]
    for error in errors:
        assert error.index == url
        assert str(error) == error.english != error.indonesian
        for sentence in (error.english, error.indonesian):
            assert "cari.example:9200" in sentence
            assert "--index" in sentence
    assert "it sleeps" in errors[0].english
    assert "ia tidur" in errors[0].indonesian


def test_an_index_directory_is_an_index_under_its_path() -> None:
    assert IndexMissing(Path("indeks")).index == "indeks"


def test_a_url_that_names_no_index_is_answered_with_what_is_allowed() -> None:
    error = IndexUrlInvalid("redis://x", Text("no such scheme", "skema tak dikenal"))
    for sentence in (error.english, error.indonesian):
        assert '"redis://x"' in sentence
        assert "opensearch://HOST:PORT/ALIAS" in sentence
        assert "file:///DIR" in sentence
