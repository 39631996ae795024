"""Rankings written as JSON."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import orjson
import pytest

from index.errors import SourceError
from search.errors import RankingInvalid
from search.local.scoring.ranking import Ranking
from search.local.scoring.ranking_file import read_ranking


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "ranking.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_an_empty_object_is_the_default(tmp_path: Path) -> None:
    assert read_ranking(written(tmp_path, " {}\n")) == Ranking()


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "ranking.json"
    path.write_bytes(b'\xef\xbb\xbf{"model": {"k1": 0.9}}')
    assert read_ranking(path).model.k1 == 0.9


def test_what_is_named_is_set_and_the_rest_stays(tmp_path: Path) -> None:
    path = written(tmp_path, '{"model": {"k1": 1, "b": 0.4}, "most_lacking": 1}')
    default = Ranking()
    model = replace(default.model, k1=1.0, b=0.4)
    assert read_ranking(path) == replace(default, model=model, most_lacking=1)
    assert isinstance(read_ranking(path).model.k1, float)


def test_a_part_without_names_is_that_of_the_default(tmp_path: Path) -> None:
    path = written(tmp_path, '{"model": {"lead": {}}, "weights": {}, "features": {}}')
    assert read_ranking(path) == Ranking()


def test_the_whole_default_can_be_written_and_read(tmp_path: Path) -> None:
    path = written(tmp_path, orjson.dumps(asdict(Ranking())))
    assert read_ranking(path) == Ranking()


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("", ""),
        ("[]", ""),
        ("{", ""),
        ('{"model": {"k1": NaN}}', ""),
        ("[" * 5000, ""),
        (b"\xff", ""),
        ('{"modell": {}}', "modell"),
        ('{"model": {"k2": 1}}', "model.k2"),
        ('{"model": 1}', "model"),
        ('{"model": null}', "model"),
        ('{"model": {"k1": -0.1}}', "model.k1"),
        ('{"model": {"k1": 1e999}}', ""),
        ('{"model": {"k1": "1"}}', "model.k1"),
        ('{"model": {"k1": true}}', "model.k1"),
        ('{"weights": {"title": [1]}}', "weights.title"),
        ('{"most_lacking": 1.5}', "most_lacking"),
        ('{"most_lacking": true}', "most_lacking"),
        ('{"most_lacking": -1}', "most_lacking"),
        ('{"most_lacking": 18446744073709551616}', "most_lacking"),
        ('{"correction": 1}', "correction"),
        ('{"weights": {"title": 1e308}}', "weights.title"),
        ('{"features": {"candidates": 0}}', "features"),
        ('{"features": {"candidates": 100000}}', "features"),
        ('{"model": {"b": 1.5}}', "model"),
        ('{"model": {"lead": {"near_half": 0}}}', "model.lead"),
    ],
)
def test_what_is_no_ranking_is_refused_by_file_and_field(
    tmp_path: Path, text: str | bytes, field: str
) -> None:
    path = written(tmp_path, text)
    with pytest.raises(RankingInvalid) as caught:
        read_ranking(path)
    assert caught.value.field == field
    for sentence, allowed in zip(
        (caught.value.english, caught.value.indonesian), caught.value.allowed, strict=True
    ):
        assert str(path) in sentence
        assert field in sentence
        assert allowed in sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('{"model": 1}', '"model" harus objek JSON'),
        ('{"correction": 1}', '"correction" harus true atau false'),
        ('{"most_lacking": -1}', '"most_lacking" harus bilangan bulat mulai 0'),
        ('{"features": {"candidates": 0.5}}', '"features.candidates" harus bilangan bulat mulai 0'),
        (
            '{"model": {"lead": {"far": -1}}}',
            '"model.lead.far" harus bilangan dari 0 sampai 1000000',
        ),
        ('{"model": {"b": 2}}', '"model" harus demikian rupa sehingga b <= 1'),
        ('{"model": {"lead": {"b": 1}}}', '"model.lead.b" harus salah satu dari near, near_half,'),
    ],
)
def test_the_sentence_says_what_the_field_may_be(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(RankingInvalid) as caught:
        read_ranking(written(tmp_path, text))
    assert sentence in caught.value.indonesian


def test_an_unknown_name_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(RankingInvalid, match="one of k1, b"):
        read_ranking(written(tmp_path, '{"model": {"K1": 1}}'))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"missing\.json"):
        read_ranking(tmp_path / "missing.json")
