"""What names an index."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.errors import IndexUrlInvalid
from index.location import ClusterAlias, Directory, locate

_LABELS = st.from_regex(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?", fullmatch=True)
_NAMES = st.lists(_LABELS, min_size=1, max_size=4).map(".".join)
_HOSTS = _NAMES | st.ip_addresses(v=4).map(str) | st.ip_addresses(v=6).map(str)
_ALIASES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,254}", fullmatch=True)
_PATHS = st.lists(
    st.binary(min_size=1, max_size=9)
    .map(lambda name: name.replace(b"\0", b"x").replace(b"/", b"y"))
    .map(os.fsdecode),
    min_size=1,
).map(lambda names: Path("/", *names))


@given(_HOSTS, st.integers(1, 65_535), _ALIASES)
def test_an_alias_is_found_by_its_url(host: str, port: int, alias: str) -> None:
    cluster = ClusterAlias(host, port, alias)
    assert locate(cluster.url) == cluster
    assert locate(cluster.url.replace("opensearch", "OpenSearch", 1)) == cluster


def test_a_node_of_version_six_is_in_brackets() -> None:
    found = locate("opensearch://[0:0:0:0:0:0:0:1]:9200/berita")
    assert found == ClusterAlias("::1", 9200, "berita")
    assert isinstance(found, ClusterAlias)
    assert found.node == "[::1]:9200"


@given(_PATHS)
def test_a_directory_is_found_by_its_url(path: Path) -> None:
    assert locate(path.as_uri()) == Directory(path)
    assert locate(path.as_uri().replace("file://", "FILE://localhost")) == Directory(path)


def _begins_like_a_url(text: str) -> bool:
    return text.lower().startswith(("file:", "opensearch:"))


@given(st.text().filter(lambda text: "://" not in text and not _begins_like_a_url(text)))
@example("warta-index")
@example("./a:b")
@example("C:x")
@example("C:\\berita")
@example("./opensearch:/x:9200/berita")
@example("elasticsearch:/x:9200/berita")
@example("opensearch")
@example("profile:x")
@example("indeks\udcff")
def test_everything_else_is_a_path(text: str) -> None:
    assert locate(text) == Directory(Path(text))


@pytest.mark.parametrize("text", ["C://berita", "://berita", "./http://berita", "a b://berita"])
def test_only_a_scheme_makes_a_url(text: str) -> None:
    assert locate(text) == Directory(Path(text))


def test_a_path_is_a_directory_whatever_its_name() -> None:
    path = Path("opensearch:") / "x:9200" / "berita"
    assert locate(path) == Directory(path)
    assert locate(Directory(path).url) == Directory(path)


@pytest.mark.parametrize(
    "url",
    [
        "opensearch:",
        "opensearch:x:9200/berita",
        "opensearch:/x:9200/berita",
        "OpenSearch:/x:9200/berita",
        "file:indeks",
        "file:/srv/indeks",
        "File:/srv/indeks",
        "opensearch://",
        "opensearch://x",
        "opensearch://x:9200",
        "opensearch://x:9200/",
        "opensearch://x/berita",
        "opensearch:///berita",
        "opensearch://:9200/berita",
        "opensearch://x:0/berita",
        "opensearch://x:65536/berita",
        "opensearch://x:9200000/berita",
        "opensearch://x:-1/berita",
        "opensearch://x:٩٢/berita",
        "opensearch://x:9200/berita/",
        "opensearch://x:9200/berita/lagi",
        "opensearch://x:9200/berita?a=1",
        "opensearch://x:9200/berita#a",
        "opensearch://x:9200/_all",
        "opensearch://x:9200/*",
        "opensearch://x:9200/berita\n",
        "opensearch://x:9200/\udcff",
        "opensearch://a..b:9200/berita",
        "opensearch://-a:9200/berita",
        f"opensearch://{'a' * 64}:9200/berita",
        "opensearch://surat kabar:9200/berita",
        "opensearch://siapa:rahasia@x:9200/berita",
        "opensearch://::1:9200/berita",
        "opensearch://[::1:9200/berita",
        "opensearch://[1.2.3]:9200/berita",
        "file://",
        "file://srv/indeks",
        "file://localhost",
        "file:///indeks?a=1",
        "file:///indeks#a",
        "file:///indeks%00",
    ],
)
def test_a_malformed_url_is_refused(url: str) -> None:
    with pytest.raises(IndexUrlInvalid, match="not well formed") as caught:
        locate(url)
    assert caught.value.given == url


@pytest.mark.parametrize("scheme", ["http", "https", "redis", "elasticsearch", "s3", "x+y"])
def test_an_unknown_scheme_is_named(scheme: str) -> None:
    with pytest.raises(IndexUrlInvalid, match="opensearch://HOST:PORT/ALIAS") as caught:
        locate(f"{scheme}://x:9200/berita")
    assert f'"{scheme}" is not known' in caught.value.english
    assert f'"{scheme}" tidak dikenal' in caught.value.indonesian


@given(st.sampled_from(["opensearch", "file", "ftp"]), st.text())
def test_any_url_is_a_place_or_refused(scheme: str, rest: str) -> None:
    try:
        found = locate(f"{scheme}://{rest}")
    except IndexUrlInvalid:
        return
    assert isinstance(found, Directory if scheme == "file" else ClusterAlias)
