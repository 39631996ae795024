"""Old indexes with this program, this program's indexes with old ones, and both at once."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner, Result

from index.segments.checking import faults_in
from index.store import Store
from search.engine import open_engine
from tests.conftest import ARCHIVE, ROOT
from tests.upgrades.history import Program, as_lines, program, versions
from web.app import create_app
from web.cli import main

MOST = 12
"""How many versions ago the matrix goes; a test says when that is too few."""

AGO = [
    pytest.param(ago, marks=[] if ago <= 2 else [pytest.mark.long], id=f"{ago} ago")
    for ago in range(1, MOST + 1)
]
matrix = pytest.mark.parametrize("old", AGO, indirect=True)
previous = pytest.mark.parametrize("old", AGO[:1], indirect=True)

THIS = Program("this", ROOT)


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("articles") / "articles.jsonl"
    path.write_text(as_lines(ARCHIVE), "utf-8")
    return path


@pytest.fixture(scope="module")
def old(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, lines: Path
) -> tuple[Program, Path]:
    """A program of so many versions ago, and an index that it made; not to be changed."""
    found = versions()
    if not found:
        pytest.skip("no history of this repository: a tarball, a shallow clone, or no git")
    if request.param > len(found):
        pytest.skip("there were not so many versions")
    folder = tmp_path_factory.mktemp("old")
    version, commit = found[int(request.param) - 1]
    made = program(version, commit, folder / "program")
    done = made.run("rebuild", lines, "--index", folder / "index")
    assert done.returncode == 0, done.stderr
    return made, folder / "index"


@pytest.fixture
def index(old: tuple[Program, Path], tmp_path: Path) -> Path:
    """A copy of the old program's index."""
    shutil.copytree(old[1], tmp_path / "index")
    return tmp_path / "index"


def warta(*words: str | Path) -> Result:
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def test_the_matrix_has_all_versions() -> None:
    assert len(versions()) <= MOST, "raise MOST"


# An old index, this program.


@matrix
def test_an_old_index_is_refused_with_the_command_that_mends_it(
    old: tuple[Program, Path], index: Path, lines: Path
) -> None:
    for words in (["stats"], ["search", "gempa"], ["update", lines], ["delete", "a1"]):
        result = warta(*words, "--index", index)
        assert result.exit_code == 1, words
        assert f"warta rebuild --from-index --index {index}" in result.stderr, words
        assert old[0].version in result.stderr, words
        assert result.stdout == "", words


@matrix
def test_an_old_index_is_intact_and_listed(old: tuple[Program, Path], index: Path) -> None:
    del old
    assert warta("verify", "--index", index).exit_code == 0
    assert warta("generations", "--index", index).exit_code == 0
    assert warta("rollback", "--index", index).exit_code == 1
    assert "warta rebuild --from-index" in warta("stats", "--index", index).stderr


@matrix
def test_a_rebuild_from_an_old_index_loses_no_article_and_no_field(
    old: tuple[Program, Path], index: Path
) -> None:
    del old
    result = warta("rebuild", "--from-index", "--index", index)
    assert result.exit_code == 0, result.stderr
    engine = open_engine(index)
    assert engine.statistics().articles == len(ARCHIVE)
    assert [engine.article(one.id) for one in ARCHIVE] == list(ARCHIVE)
    assert warta("verify", "--index", index).exit_code == 0


@matrix
def test_nothing_is_said_to_be_wrong_with_an_old_index(
    old: tuple[Program, Path], index: Path
) -> None:
    del old
    with Store(index).open_current(any_version=True) as generation:
        assert list(faults_in(generation.path, any_version=True)) == []


@previous
def test_a_damaged_byte_of_what_an_old_index_stores_is_found(
    old: tuple[Program, Path], index: Path
) -> None:
    del old
    (file,) = index.glob("generations/*/*.doc")
    content = bytearray(file.read_bytes())
    content[len(content) // 4] ^= 1
    file.write_bytes(content)
    faults = [fault.file for fault in faults_in(file.parent, any_version=True)]
    assert faults == [file.name]


@matrix
def test_a_server_says_that_it_cannot_and_answers_once_it_can(
    old: tuple[Program, Path], index: Path
) -> None:
    del old
    client = create_app(index).test_client()
    for address in ("/readyz", "/api/v1/search?q=gempa", "/"):
        response = client.get(address)
        assert response.status_code == 503
        assert "Retry-After" in response.headers
    assert client.get("/healthz").status_code == 200
    assert warta("rebuild", "--from-index", "--index", index).exit_code == 0
    assert client.get("/readyz").status_code == 200
    assert client.get("/api/v1/search?q=gempa").json["total"] == 3  # type: ignore[index]


# An index of this program, an old one.


@matrix
def test_an_old_program_refuses_this_index_and_leaves_it(
    old: tuple[Program, Path], sample_index: Path, tmp_path: Path, lines: Path
) -> None:
    index = tmp_path / "index"
    shutil.copytree(sample_index, index)
    before = (index / "CURRENT").read_bytes()
    for words in (["search", "gempa"], ["update", lines]):
        done = old[0].run(*words, "--index", index)
        assert done.returncode == 1, words
        assert "Traceback" not in done.stderr, words
        assert re.search("rebuild --from-index|made by a newer program", done.stderr), words
    assert (index / "CURRENT").read_bytes() == before
    assert warta("verify", "--index", index).exit_code == 0
    assert warta("search", "gempa", "--index", index).exit_code == 0


# Both at once.


@contextmanager
def serving(made: Program, index: Path, folder: Path) -> Iterator[str]:
    """A running server of the program, and its URL."""
    with (folder / f"log-{made.version}").open("w+") as log:
        process = subprocess.Popen(
            made.command("serve", "--index", index, "--port", "0", "--workers", "1"),
            cwd=made.folder,
            env={**made.environment, "TMPDIR": str(folder)},
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            assert process.stderr is not None
            line = process.stderr.readline()
            found = re.search(r"http://\S+?(?=/\s)", line)
            assert found is not None, line
            yield found[0]
        finally:
            process.terminate()
            _, rest = process.communicate(timeout=60)
            log.write(rest)


def asked(url: str, query: str) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(
            f"{url}/api/v1/search?q={quote(query)}&per_page=50", timeout=60
        ) as response:
            return response.status, response.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


def assert_answers(url: str) -> None:
    """Right answers, or refusals; never an error of the server's own or a lost connection."""
    for _ in range(6):
        status, body = asked(url, "gempa")
        assert status in {200, 503}
        if status == 200:
            assert b'"a4"' in body
            assert b'"a9"' in body


@previous
def test_an_old_server_outlives_that_this_program_publishes(
    old: tuple[Program, Path], index: Path, tmp_path: Path
) -> None:
    with serving(old[0], index, tmp_path) as url:
        assert asked(url, "gempa")[0] == 200
        assert warta("rebuild", "--from-index", "--index", index).exit_code == 0
        assert_answers(url)


@previous
def test_this_server_outlives_that_an_old_program_publishes(
    old: tuple[Program, Path], sample_index: Path, tmp_path: Path, lines: Path
) -> None:
    index = tmp_path / "index"
    shutil.copytree(sample_index, index)
    with serving(THIS, index, tmp_path) as url:
        assert asked(url, "gempa")[0] == 200
        done = old[0].run("rebuild", lines, "--index", index)
        assert done.returncode == 0, done.stderr
        assert_answers(url)
        assert warta("rebuild", "--from-index", "--index", index).exit_code == 0
        assert asked(url, "gempa")[0] == 200


def test_old_programs_are_not_this_one(tmp_path: Path) -> None:
    found = versions()
    if not found:
        pytest.skip("no history of this repository: a tarball, a shallow clone, or no git")
    made = program(*found[0], tmp_path)
    done = subprocess.run(
        [*made.command()[:1], "-c", "import index.schema as s; print(s.VERSION, s.__file__)"],
        cwd=made.folder,
        env=made.environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith(f"{made.version} {tmp_path}{os.sep}")
