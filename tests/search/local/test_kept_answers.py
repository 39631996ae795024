"""An answer that is kept holds nothing of its index, and is pickled and copied as data."""

from __future__ import annotations

import gc
import pickle
from copy import copy, deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any
from weakref import ref

import pytest

from search.local.engine import LocalEngine
from search.question import Question
from search.request import SearchRequest
from tests.search.local.archives import write_archive
from tests.search.local.plain.test_road import BODIES, numbered

QUERIES = (
    *("harga emas", "emas", "harga emas antam turun", "liga sepak bola", "jakarta beras"),
    *("kita", "emas OR beras", "siapa presiden", '"harga emas"', "tiada"),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    write_archive(tmp_path / "index", [numbered([*BODIES] * 5)], set())
    return tmp_path / "index"


@pytest.mark.parametrize("query", QUERIES)
def test_an_answer_holds_nothing_of_its_index(path: Path, query: str) -> None:
    engine = LocalEngine(path)
    response = engine.search(SearchRequest(query, facets=True, explain=True))
    with engine._current.reading() as opened:
        snapshot = opened.snapshot
        of_index: list[ref[Any]] = [
            ref(snapshot),
            *[ref(one.container) for one in snapshot.segments],
        ]
    del opened, snapshot
    engine.close()
    del engine
    gc.collect()
    assert [one() for one in of_index] == [None] * len(of_index)
    assert isinstance(response.question, Question)
    assert response.question.root is not None
    assert response.question.written is not None


@pytest.mark.parametrize("query", QUERIES)
def test_the_question_of_an_answer_is_data(path: Path, query: str) -> None:
    response = LocalEngine(path).search(SearchRequest(query))
    question = response.question
    assert isinstance(question, Question)
    for same in (
        pickle.loads(pickle.dumps(question)),
        copy(question),
        deepcopy(question),
        replace(question),
        pickle.loads(pickle.dumps(response)).question,
    ):
        assert isinstance(same, Question)
        assert same == question
        assert question.notes or hash(same) == hash(question)
        assert same.parts == question.parts
        assert same.marked == question.marked
    assert pickle.loads(pickle.dumps(response)) == response
    assert replace(question, text="x").text == "x"
    assert replace(question, root=None).nothing
