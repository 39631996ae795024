"""JSON is told by how it begins, whatever the file is called."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.index.sources.archive import read_file

ONE = b'{"judul": "Banjir", "isi": "Air naik di kota"}'
OTHER = b'{"judul": "Gempa", "isi": "Bumi goyang"}'


@pytest.mark.parametrize("name", ["dump.txt", "dump.csv", "dump.xml", "dump.html", "dump"])
@pytest.mark.parametrize(
    "content",
    [
        pytest.param(ONE + b"\n" + OTHER + b"\n", id="lines"),
        pytest.param(b"[" + ONE + b",\n" + OTHER + b"]\n", id="array"),
        pytest.param(b"[\n  " + ONE + b",\n  " + OTHER + b"\n]\n", id="array over lines"),
        pytest.param(b'{"status": "ok", "data": [' + ONE + b"," + OTHER + b"]}", id="wrapper"),
        pytest.param(b'\n{\n "data": [' + ONE + b",\n" + OTHER + b"]\n}", id="wrapper over lines"),
    ],
)
def test_json_of_another_name_is_read_as_json(tmp_path: Path, name: str, content: bytes) -> None:
    articles, _ = read_file(tmp_path, name, content)
    assert [(article.title, article.body) for article in articles] == [
        ("Banjir", "Air naik di kota"),
        ("Gempa", "Bumi goyang"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('{\n "title": "Banjir"\n}\n\nAir naik di kota sejak pagi.', id="front matter"),
        pytest.param("[Foto: Antara] Air naik di kota sejak pagi.", id="bracket"),
        pytest.param('{"Jangan takut"} kata warga. Air naik di kota sejak pagi.', id="brace"),
    ],
)
def test_a_text_that_begins_like_json_is_a_text(tmp_path: Path, text: str) -> None:
    [article], _ = read_file(tmp_path, "a.txt", text.encode())
    assert "Air naik di kota sejak pagi." in article.body
