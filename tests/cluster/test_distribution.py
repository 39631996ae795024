"""What is downloaded is used whole and unaltered, or not at all."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.cluster.distribution import LEFT_OUT, Altered, cache, opensearch_home, unzip
from tests.cluster.java import Missing


@pytest.fixture
def downloaded(tmp_path: Path) -> Path:
    """A zip with the shape of the distribution, in a folder of its own."""
    path = tmp_path / "download" / "opensearch.zip"
    path.parent.mkdir()
    with ZipFile(path, "w") as archive:
        for name in (
            "lib/core.jar",
            "modules/reindex/a.jar",
            *(f"modules/{m}/a" for m in LEFT_OUT),
        ):
            archive.writestr(f"opensearch-1/{name}", "x")
    return path


def test_the_distribution_is_laid_out_without_the_modules_that_are_left_out(
    tmp_path: Path, downloaded: Path
) -> None:
    home = tmp_path / "home"
    unzip(downloaded, home, sha256(downloaded.read_bytes()).hexdigest())
    files = {str(one.relative_to(home)) for one in home.rglob("*") if one.is_file()}
    assert files == {"lib/core.jar", "modules/reindex/a.jar"}


def test_a_file_with_another_digest_is_refused(tmp_path: Path, downloaded: Path) -> None:
    digest = sha256(downloaded.read_bytes()).hexdigest()
    downloaded.write_bytes(downloaded.read_bytes() + b"\0")
    with pytest.raises(Altered, match=digest):
        unzip(downloaded, tmp_path / "home", digest)
    assert not (tmp_path / "home").exists()


def test_without_maven_it_is_said_that_it_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WARTA_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Missing, match="Maven is not installed"):
        opensearch_home()
    assert [one.suffix for one in cache().iterdir()] == [".lock"]
