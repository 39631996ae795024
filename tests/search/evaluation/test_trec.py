"""The files of an evaluation."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import SourceError
from search.evaluation.trec import read_judgements, read_queries, read_run, write_run

_IDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Z", "C"]), min_size=1, max_size=5
).filter(lambda text: text.split() == [text])
_RUNS = st.dictionaries(_IDS, st.lists(_IDS, min_size=1, unique=True))


def test_files_are_read_and_bad_lines_named(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("1\tharga beras\n\n2\tgempa\n")
    assert read_queries(path) == {"1": "harga beras", "2": "gempa"}
    path.write_text("1\tharga beras\nrusak\n")
    with pytest.raises(SourceError, match=r"file:2"):
        read_queries(path)
    path.write_text("1 0 a2 2\n1 0 a3 0\n")
    assert read_judgements(path) == {"1": {"a2": 2, "a3": 0}}
    path.write_text("1 0 a2 2\n1 0 a2 2\n1 0 a2 0\n")
    with pytest.raises(SourceError, match=r"file:3: the article a2 is there twice"):
        read_judgements(path)
    path.write_text("1 0 a2\n")
    with pytest.raises(SourceError, match=r"file:1"):
        read_judgements(path)
    for line_end in (b"\n", b"\r", b"\r\n"):
        path.write_bytes(b"1\tharga" + line_end + b"2\t\xff\xfe\n")
        with pytest.raises(SourceError, match=r"file:2: the line is not UTF-8"):
            read_queries(path)
    with pytest.raises(SourceError, match="it is not there"):
        read_queries(tmp_path / "nowhere")


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_byte_order_mark_is_no_part_of_an_id(tmp_path: Path, line_end: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(f"\ufeff1\tharga beras{line_end}2\tgempa{line_end}".encode())
    assert read_queries(path) == {"1": "harga beras", "2": "gempa"}
    path.write_bytes(f"\ufeff1 0 a2 2{line_end}".encode())
    assert read_judgements(path) == {"1": {"a2": 2}}
    path.write_bytes(f"\ufeff1 Q0 a2 1 2.5 x{line_end}".encode())
    assert read_run(path) == {"1": ["a2"]}


def test_an_id_of_two_texts_is_named(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("1\tharga\n1\tharga\n")
    assert read_queries(path) == {"1": "harga"}
    path.write_text("1\tharga\n1\tgempa\n")
    with pytest.raises(SourceError, match=r"file:2: the id 1 is there twice"):
        read_queries(path)


@pytest.mark.parametrize("grade", ["--5", "-", "1.5", "9" * 5000])
def test_a_grade_that_is_no_number_is_a_bad_line(tmp_path: Path, grade: str) -> None:
    path = tmp_path / "file"
    path.write_text(f"1 0 a2 -1\n1 0 a3 {grade}\n")
    with pytest.raises(SourceError, match=r"file:2"):
        read_judgements(path)


@given(_RUNS)
def test_a_run_is_read_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, run: dict[str, list[str]]
) -> None:
    path = tmp_path_factory.mktemp("run") / "file"
    write_run(path, run)
    assert read_run(path) == run


def test_a_run_has_falling_scores(tmp_path: Path) -> None:
    write_run(tmp_path / "run", {"q": ["b", "a"]})
    assert (tmp_path / "run").read_text() == "q Q0 b 1 2 warta\nq Q0 a 2 1 warta\n"


def test_scores_decide_then_ranks_then_lines(tmp_path: Path) -> None:
    path = tmp_path / "run"
    path.write_text("q Q0 d 3 1.0 x\nq Q0 c 2 1e0 x\nq Q0 a 9 2.5 x\nq Q0 e 3 1 x\nq Q0 f 1 -1 x\n")
    assert read_run(path) == {"q": ["a", "c", "d", "e", "f"]}


@pytest.mark.parametrize(
    "line",
    [
        "q Q0 b 2 1",
        "q Q0 b 2 1 x y",
        "q Q0 b -2 1 x",
        "q Q0 b two 1 x",
        "q Q0 b 2 nan x",
        "q Q0 b 2 inf x",
        "q Q0 b 2 one x",
        "q Q0 a 2 1 x",
    ],
)
def test_bad_lines_of_a_run_are_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "run"
    path.write_text(f"q Q0 a 1 2 x\n{line}\n")
    with pytest.raises(SourceError, match=r"run:2"):
        read_run(path)


@pytest.mark.parametrize("identity", ["", "a b", " a", "a\n"])
def test_an_id_that_a_column_cannot_hold_is_refused(tmp_path: Path, identity: str) -> None:
    for run in ({"q": [identity]}, {identity: ["a"]}):
        with pytest.raises(SourceError, match="cannot hold"):
            write_run(tmp_path / "run", run)
    assert not (tmp_path / "run").exists()
