"""What errors say."""

from __future__ import annotations

from pathlib import Path

from index.bilingual import Text
from index.errors import (
    AccessInvalid,
    ArticlesLost,
    CacheUnusable,
    ClientMissing,
    ClusterBusy,
    ClusterRefused,
    ClusterTroubled,
    CompanionDamaged,
    FlushFailed,
    IndexBusy,
    IndexDamaged,
    IndexLocked,
    IndexMissing,
    IndexOutdated,
    IndexUnavailable,
    IndexUnreachable,
    IndexUnreadable,
    IndexUrlInvalid,
    Interrupted,
    LeaseLost,
    NewFileDamaged,
    NoEarlierGeneration,
    NotOnACluster,
    PruneFailed,
    RollbackRefused,
    WartaError,
    WorkerDied,
    WritingFailed,
)
from index.target import Damage


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
        IndexBusy(tmp_path),
        Interrupted(tmp_path, None, None),
        Interrupted(tmp_path, "x", "x"),
        Interrupted(tmp_path, None, "x"),
        PruneFailed(tmp_path, [], ["x"], OSError(5, "Input/output error")),
        PruneFailed(tmp_path, ["x"], ["y", "z"], OSError(39, "Directory not empty")),
        IndexMissing(tmp_path, "20260101T000000000000-00000000"),
        IndexOutdated(tmp_path, "schema 9, analyzer x-1", "schema 4, analyzer x-3"),
        IndexUnreadable(tmp_path, "CURRENT", IsADirectoryError(21, "Is a directory")),
        NoEarlierGeneration(tmp_path),
        NoEarlierGeneration(tmp_path, [Damage("20260101T000000000000-00000000", "x", "y")]),
        FlushFailed(tmp_path, "20260101T000000000000-00000000", OSError(5, "Input/output error")),
        RollbackRefused(tmp_path, "x", Text("it is y", "itu y"), None),
        RollbackRefused(tmp_path, "x", Text("it is y", "itu y"), "z"),
        NewFileDamaged(tmp_path, "x", "y"),
        WritingFailed(tmp_path, OSError(28, "No space left on device")),
        WritingFailed(tmp_path, OSError(5, "Input/output error")),
        WritingFailed(tmp_path, OSError(30, "Read-only file system", str(tmp_path / "a")), "z"),
        WritingFailed(tmp_path, OSError(30, "Read-only file system", b"elsewhere")),
    ]
    for error in errors:
        assert str(error) == error.english != error.indonesian
        assert str(tmp_path) in error.english
        assert str(tmp_path) in error.indonesian


URL, NODE = "opensearch://cari.example:9200/berita", "cari.example:9200"


def test_what_is_wrong_with_a_cluster_is_said_in_both_languages() -> None:
    reason = Text("it sleeps", "ia tidur")
    errors: list[IndexUnavailable] = [
        IndexUnreachable(URL, NODE, reason),
        IndexUnreachable(URL, NODE, reason, Text("wake it", "bangunkan")),
        ClusterBusy(URL, NODE, reason),
        ClusterRefused(URL, NODE, "siti", known=False),
        ClusterRefused(URL, NODE, "siti", known=True),
        ClusterRefused(URL, NODE, None, known=True),
        ClusterTroubled(URL, NODE, reason),
        NotOnACluster(URL, "backup"),
        ClientMissing(URL),
        AccessInvalid(URL, "WARTA_OPENSEARCH_CA", reason),
        CompanionDamaged(URL, "berita-1", "words.txt", reason),
        CacheUnusable(URL, Path("/srv/cache"), reason),
        IndexMissing(URL),
        IndexOutdated(URL, "schema 1", "schema 2"),
        IndexDamaged(URL, "x", "y"),
        IndexLocked(URL, reason),
        Interrupted(URL, None, None),
        LeaseLost(URL),
        NoEarlierGeneration(URL),
        RollbackRefused(URL, "x", reason, None),
    ]
    for error in errors:
        assert error.index == URL
        assert str(error) == error.english != error.indonesian
        for sentence in (error.english, error.indonesian):
            assert NODE in sentence
    for error in (errors[at] for at in (0, 2, 6, 9, 10, 11, 15, 19)):
        assert "it sleeps" in error.english
        assert "ia tidur" in error.indonesian


def test_a_command_in_a_message_names_the_url_of_a_cluster() -> None:
    assert f"warta rebuild SOURCE... --index {URL}" in IndexMissing(URL).english
    assert f"warta rebuild --from-index --index {URL}" in IndexOutdated(URL, "1", "2").indonesian
    assert "curl 'https://a:1/_cluster/health?pretty'" in str(
        ClusterTroubled("opensearchs://a:1,b:2/berita", "a:1,b:2", Text("x", "y"))
    )


def test_an_index_directory_is_an_index_under_its_path() -> None:
    assert IndexMissing(Path("indeks")).index == "indeks"


def test_a_url_that_names_no_index_is_answered_with_what_is_allowed() -> None:
    error = IndexUrlInvalid("redis://x", Text("no such scheme", "skema tak dikenal"))
    for sentence in (error.english, error.indonesian):
        assert '"redis://x"' in sentence
        assert "opensearch://HOST:PORT/ALIAS" in sentence
        assert "file:///DIR" in sentence
