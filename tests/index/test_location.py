"""What names an index."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.errors import IndexUrlInvalid
from index.location import ClusterAlias, Directory, Node, locate
from index.opensearch.fence import Fence

_LABELS = st.from_regex(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?", fullmatch=True)
_NAMES = st.lists(_LABELS, min_size=1, max_size=4).map(".".join)
_HOSTS = _NAMES | st.ip_addresses(v=4).map(str) | st.ip_addresses(v=6).map(str)
_NODES = st.builds(Node, _HOSTS, st.integers(1, 65_535))
_ALIASES = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,191}", fullmatch=True).filter(
    lambda name: not name.endswith("-lock")
)
_PATHS = st.lists(
    st.binary(min_size=1, max_size=9)
    .map(lambda name: name.replace(b"\0", b"x").replace(b"/", b"y"))
    .map(os.fsdecode),
    min_size=1,
).map(lambda names: Path("/", *names))


@given(st.lists(_NODES, min_size=1, max_size=4, unique=True), _ALIASES, st.booleans())
def test_an_alias_is_found_by_its_url(nodes: list[Node], alias: str, tls: bool) -> None:
    cluster = ClusterAlias(tuple(nodes), alias, tls)
    assert locate(cluster.url) == cluster
    assert locate(cluster.url.replace("opensearch", "OpenSearch", 1)) == cluster


def test_a_node_of_version_six_is_in_brackets() -> None:
    found = locate("opensearch://[0:0:0:0:0:0:0:1]:9200,[::2]:9201/berita")
    assert found == ClusterAlias((Node("::1", 9200), Node("::2", 9201)), "berita")
    assert isinstance(found, ClusterAlias)
    assert found.node == "[::1]:9200,[::2]:9201"
    assert found.url == "opensearch://[::1]:9200,[::2]:9201/berita"


def test_a_node_that_is_named_twice_is_one() -> None:
    found = locate("opensearchs://a:1,b:1,a:1/berita")
    assert found == ClusterAlias((Node("a", 1), Node("b", 1)), "berita", tls=True)


def test_the_names_that_an_alias_s_indexes_get_are_short_enough_for_a_cluster() -> None:
    longest = "a" * 192
    assert locate(f"opensearch://x:9200/{longest}") == ClusterAlias((Node("x", 9200),), longest)
    companion = f"{longest}-20260101t000000000000-abcdef-companion"
    assert len(Fence("0123456789abcdef").of(companion).encode()) == 255


@given(_PATHS)
def test_a_directory_is_found_by_its_url(path: Path) -> None:
    assert locate(path.as_uri()) == Directory(path)
    assert locate(path.as_uri().replace("file://", "FILE://localhost")) == Directory(path)


def _begins_like_a_url(text: str) -> bool:
    return text.lower().startswith(("file:", "opensearch:", "opensearchs:"))


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
        "opensearchs:x:9200/berita",
        "opensearchs://x/berita",
        f"opensearch://x:9200/{'a' * 193}",
        "opensearch://x:9200/berita-lock",
        "opensearch://x:9200/-berita",
        "opensearch://x:9200/.berita",
        "opensearch://x:9200,/berita",
        "opensearch://,x:9200/berita",
        "opensearch://x:9200,y/berita",
        "opensearch://x:9200,y:9200/",
        "opensearch://x:9200,[::g]:1/berita",
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


@pytest.mark.parametrize("alias", ["Berita", "kompasCom"])
def test_a_name_with_capitals_is_refused_with_the_reason(alias: str) -> None:
    with pytest.raises(IndexUrlInvalid, match="no capital letters"):
        locate(f"opensearch://x:9200/{alias}")


@pytest.mark.parametrize(
    "url",
    [
        "opensearch://siti:rahasia@x:9200/berita",
        "opensearchs://siti:rahasia@x:9200/berita",
        "opensearchs://siti:rah@rahasia@x:9200/berita",
        "opensearchs://siti:rah/rahasia@x:9200/berita",
        "opensearchs:siti:rahasia@x:9200/berita",
        "opensearch://x:9200,siti:rahasia@y:9200/berita",
        "https://siti:rahasia@x:9200/berita",
    ],
)
def test_a_password_in_a_url_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(IndexUrlInvalid) as caught:
        locate(url)
    for sentence in (caught.value.given, caught.value.english, caught.value.indonesian):
        assert "rahasia" not in sentence
        assert "siti" not in sentence
        assert "***@" in sentence
    if "search" in url and "://" in url:
        assert "WARTA_OPENSEARCH_PASSWORD" in caught.value.english
        assert "WARTA_OPENSEARCH_PASSWORD" in caught.value.indonesian


@pytest.mark.parametrize("scheme", ["http", "https", "redis", "elasticsearch", "s3", "x+y"])
def test_an_unknown_scheme_is_named(scheme: str) -> None:
    with pytest.raises(IndexUrlInvalid, match="opensearch://HOST:PORT/ALIAS") as caught:
        locate(f"{scheme}://x:9200/berita")
    assert f'"{scheme}" is not known' in caught.value.english
    assert f'"{scheme}" tidak dikenal' in caught.value.indonesian


@given(st.sampled_from(["opensearch", "opensearchs", "file", "ftp"]), st.text())
def test_any_url_is_a_place_or_refused(scheme: str, rest: str) -> None:
    try:
        found = locate(f"{scheme}://{rest}")
    except IndexUrlInvalid:
        return
    assert isinstance(found, Directory if scheme == "file" else ClusterAlias)
