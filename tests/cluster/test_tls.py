"""Clusters that speak TLS and want a password."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex

import pytest

from index.errors import ClusterRefused, IndexUnreachable
from index.location import ClusterAlias, locate
from index.opensearch.connection import Connection
from index.target import BuildOptions, open_target
from search.engine import open_engine
from search.request import SearchRequest
from tests.cluster.tls import Authority, authority, door
from tests.conftest import ARCHIVE, ROOT

pytestmark = pytest.mark.cluster

USER, PASSWORD = "siti", "rahasia:ünik-4711"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return authority(tmp_path_factory.mktemp("authority"), "IP:127.0.0.1")


@pytest.fixture(scope="module")
def node(hosts: list[str], own: Authority) -> Iterator[str]:
    """A node behind a door."""
    with door(hosts[0], own, USER, PASSWORD) as node:
        yield node


@pytest.fixture
def environment(own: Authority, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """All that is needed to be let in."""
    monkeypatch.setenv("WARTA_OPENSEARCH_CA", str(own.certificate))
    monkeypatch.setenv("WARTA_OPENSEARCH_USER", USER)
    monkeypatch.setenv("WARTA_OPENSEARCH_PASSWORD", PASSWORD)
    return monkeypatch


def color(url: str) -> str:
    cluster = locate(url)
    assert isinstance(cluster, ClusterAlias)
    return str(Connection(cluster).asked(lambda client: client.cluster.health())["status"])


@pytest.mark.usefixtures("environment")
def test_a_node_is_asked_by_tls_with_a_password(node: str) -> None:
    assert color(f"opensearchs://{node}/berita") in {"yellow", "green"}


@pytest.mark.usefixtures("environment")
def test_an_index_is_made_and_searched_by_tls(node: str, url: str) -> None:
    secret = f"opensearchs://{node}/{url.rpartition('/')[2]}"
    # More than one process: each connects by itself.
    published = open_target(secret).rebuild(ARCHIVE, BuildOptions(workers=2))
    assert published.articles == len(ARCHIVE)
    found = open_engine(secret).search(SearchRequest("beras"))
    assert found.total == open_engine(url).search(SearchRequest("beras")).total > 0


def test_a_password_may_come_from_a_file(
    node: str, environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    environment.delenv("WARTA_OPENSEARCH_PASSWORD")
    environment.setenv("WARTA_OPENSEARCH_PASSWORD_FILE", str(tmp_path / "password"))
    (tmp_path / "password").write_text(f"{PASSWORD}\n", "utf-8")
    assert color(f"opensearchs://{node}/berita") in {"yellow", "green"}


def test_a_node_of_an_unknown_authority_is_sent_nothing(
    node: str, environment: pytest.MonkeyPatch
) -> None:
    environment.delenv("WARTA_OPENSEARCH_CA")
    with pytest.raises(IndexUnreachable, match="certificate cannot be trusted") as caught:
        color(f"opensearchs://{node}/berita")
    assert "WARTA_OPENSEARCH_CA" in caught.value.english
    assert "WARTA_OPENSEARCH_CA" in caught.value.indonesian


@pytest.mark.usefixtures("environment")
def test_a_certificate_is_for_the_name_that_is_asked(
    hosts: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = authority(tmp_path, "DNS:lain.example")
    monkeypatch.setenv("WARTA_OPENSEARCH_CA", str(other.certificate))
    with (
        door(hosts[0], other, USER, PASSWORD) as node,
        pytest.raises(IndexUnreachable, match=r"not valid for '127\.0\.0\.1'"),
    ):
        color(f"opensearchs://{node}/berita")


@pytest.mark.usefixtures("environment")
def test_a_wrong_password_is_told_with_the_user_and_without_it(
    node: str, environment: pytest.MonkeyPatch
) -> None:
    environment.setenv("WARTA_OPENSEARCH_PASSWORD", "salah-sekali")
    with pytest.raises(ClusterRefused, match='does not know the user "siti"') as caught:
        color(f"opensearchs://{node}/berita")
    assert "salah-sekali" not in caught.value.english + caught.value.indonesian


def test_who_gives_no_name_is_told_so(node: str, environment: pytest.MonkeyPatch) -> None:
    environment.delenv("WARTA_OPENSEARCH_USER")
    environment.delenv("WARTA_OPENSEARCH_PASSWORD")
    with pytest.raises(ClusterRefused, match="without a name"):
        color(f"opensearchs://{node}/berita")


@pytest.mark.usefixtures("environment")
def test_tls_where_there_is_none_and_none_where_there_is_are_told(
    hosts: list[str], node: str
) -> None:
    with pytest.raises(IndexUnreachable, match="does not answer by TLS; write opensearch://"):
        color(f"opensearchs://{hosts[0]}/berita")
    with pytest.raises(IndexUnreachable, match="write opensearchs://"):
        color(f"opensearch://{node}/berita")


@pytest.mark.usefixtures("environment")
@pytest.mark.parametrize("right", [True, False])
@pytest.mark.parametrize(
    "arguments",
    [
        ("search", "beras"),
        ("stats",),
        ("config",),
        ("config", "--json"),
        ("delete", "x"),
        ("generations", "--json"),
    ],
    ids=" ".join,
)
def test_no_command_prints_the_password(
    node: str, arguments: tuple[str, ...], right: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not right:
        monkeypatch.setenv("WARTA_OPENSEARCH_PASSWORD", f"x{PASSWORD}")
    monkeypatch.setenv("WARTA_INDEX", f"opensearchs://{node}/tls-{token_hex(4)}")
    command = [sys.executable, "-X", "dev", "-W", "default", "-m", "web.cli", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout + done.stderr
    assert PASSWORD not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    if arguments[0] != "config":
        assert done.returncode == 1
