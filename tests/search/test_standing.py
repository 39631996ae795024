"""What operators are told of an index that is not served."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import errors
from index.bilingual import Text
from index.errors import (
    AccessInvalid,
    CacheUnusable,
    ClientMissing,
    ClusterBusy,
    ClusterRefused,
    ClusterTroubled,
    CompanionDamaged,
    IndexMissing,
    IndexUnavailable,
    IndexUnreachable,
)
from search.standing import refused

URL, NODE = "opensearch://cari.example:9200/berita", "cari.example:9200"
REASON = Text("said by cari.example", "kata cari.example")
ON_A_CLUSTER: list[IndexUnavailable] = [
    IndexUnreachable(URL, NODE, REASON),
    ClusterBusy(URL, NODE, REASON),
    ClusterRefused(URL, NODE, "siti", known=False),
    ClusterTroubled(URL, NODE, REASON),
    ClientMissing(URL),
    AccessInvalid(URL, "WARTA_OPENSEARCH_CA", REASON),
    CompanionDamaged(URL, "berita-1", "columns", REASON),
    CacheUnusable(URL, Path("/cari.example"), REASON),
]

ELSEWHERE = {
    errors.AliasTaken,
    errors.MomentLost,
    errors.NotOnACluster,
    errors.NotOnADirectory,
}
"""What only commands come upon, or an answer that has begun."""


@pytest.mark.parametrize("error", ON_A_CLUSTER, ids=lambda one: type(one).__name__)
def test_what_keeps_a_cluster_from_answering_is_told_without_its_host(
    error: IndexUnavailable,
) -> None:
    told = refused("berita-1", error)
    assert (told.generation, told.problem, told.file) == ("berita-1", "unavailable", "")
    assert told.reason.english != told.reason.indonesian
    assert "cari.example" not in told.reason.english + told.reason.indonesian
    assert told.reason.english != "it cannot be asked"


def test_every_such_error_has_a_reason_of_its_own() -> None:
    reasons = {refused("", error).reason for error in ON_A_CLUSTER}
    assert len(reasons) == len(ON_A_CLUSTER)
    known = {getattr(errors, name) for name in errors.__all__}
    direct = {one for one in known if IndexUnavailable in one.__bases__}
    asked = {type(error) for error in ON_A_CLUSTER}
    assert direct - asked == {errors.IndexUnusable, *ELSEWHERE}


def test_a_missing_index_is_told_with_the_file_where_there_is_one(tmp_path: Path) -> None:
    assert refused("", IndexMissing(tmp_path)).file == "CURRENT"
    told = refused("", IndexMissing(URL))
    assert (told.problem, told.file) == ("missing", "")
