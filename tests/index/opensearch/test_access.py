"""Who asks a cluster, by the environment."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from index.errors import AccessInvalid
from index.opensearch.access import Access, access

URL = "opensearchs://x:9200/berita"
USER, PASSWORD = "WARTA_OPENSEARCH_USER", "WARTA_OPENSEARCH_PASSWORD"
FILE, CA = "WARTA_OPENSEARCH_PASSWORD_FILE", "WARTA_OPENSEARCH_CA"


def test_nobody_is_named_where_the_environment_says_nothing() -> None:
    assert access(URL, {}) == access(URL, {USER: "", PASSWORD: "", FILE: "", CA: ""})
    assert access(URL, {}) == Access(None, "", None)


def test_a_user_a_password_and_authorities_are_read() -> None:
    found = access(URL, {USER: "siti", PASSWORD: "ra:hasia ", CA: "/ca.pem"})
    assert found == Access("siti", "ra:hasia ", Path("/ca.pem"))


@pytest.mark.parametrize("ending", ["", "\n", "\r\n"])
def test_a_password_is_read_from_a_file_without_the_end_of_its_line(
    tmp_path: Path, ending: str
) -> None:
    (tmp_path / "p").write_bytes(f" rahasia é{ending}".encode())
    assert access(URL, {USER: "siti", FILE: f"{tmp_path / 'p'}"}).password == " rahasia é"


def test_a_password_is_not_shown_with_what_holds_it() -> None:
    assert "rahasia" not in repr(access(URL, {USER: "siti", PASSWORD: "rahasia"}))


@pytest.mark.parametrize(
    ("environment", "variable", "said"),
    [
        ({PASSWORD: "rahasia"}, USER, "empty"),
        ({USER: "siti"}, PASSWORD, "empty"),
        ({USER: "si:ti", PASSWORD: "rahasia"}, USER, "colon"),
        ({USER: "siti", PASSWORD: "rahasia", FILE: "p"}, FILE, "keep one of them"),
        ({USER: "siti", FILE: "nowhere"}, FILE, "nowhere: it is not there"),
        ({USER: "siti", FILE: "empty"}, FILE, "empty: the file is empty"),
        ({USER: "siti", FILE: "bytes"}, FILE, "bytes: it is not UTF-8"),
        ({USER: "siti", FILE: "."}, FILE, "it is a directory"),
        ({USER: "siti", PASSWORD: "rahasia\udcff"}, PASSWORD, "it is not UTF-8"),
        ({USER: "s\udcff", PASSWORD: "rahasia"}, USER, "it is not UTF-8"),
    ],
)
def test_what_cannot_be_used_is_told_with_its_variable(
    environment: Mapping[str, str],
    variable: str,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").write_text("\n")
    (tmp_path / "bytes").write_bytes(b"rahasia\xff")
    with pytest.raises(AccessInvalid, match=said) as caught:
        access(URL, environment)
    assert caught.value.variable == variable
    for sentence in (caught.value.english, caught.value.indonesian):
        assert f"${variable}" in sentence
        assert "rahasia" not in sentence
