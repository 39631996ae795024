"""Whether questions find anything is asked of a cluster as long as one budget lasts."""

from __future__ import annotations

import pytest

from index.bilingual import Text
from index.errors import ClusterBusy, IndexUnreachable, WartaError
from search.budget import Budget, wait
from search.errors import QueryTooLong
from search.local.page.leading import UNKNOWN, Counted, Counts
from search.opensearch.looking import Looking
from search.request import SearchRequest

REASON = Text("a reason", "sebuah alasan")


@pytest.mark.parametrize("kind", [ClusterBusy, IndexUnreachable])
def test_a_cluster_that_does_not_answer_is_asked_no_more(
    kind: type[ClusterBusy | IndexUnreachable],
) -> None:
    asked = []

    def answered(request: SearchRequest, budget: Budget) -> Counts:
        del budget
        asked.append(request.query)
        if request.query == "dua":
            raise kind("berita", "node", REASON)
        return Counted(3, 3, partial=False)

    looking = Looking(Budget(60.0), answered)
    found = [looking(SearchRequest(query)) for query in ("satu", "dua", "tiga")]
    assert found == [Counted(3, 3, partial=False), UNKNOWN, UNKNOWN]
    assert asked == ["satu", "dua"]


def test_all_questions_wait_together_as_long_as_one() -> None:
    asked = []

    def answered(request: SearchRequest, budget: Budget) -> Counts:
        asked.append(request.query)
        wait(budget, 40.0)
        return Counted(0, 0, partial=False)

    looking = Looking(Budget(60.0), answered)
    found = [looking(SearchRequest(query)) for query in ("satu", "dua", "tiga")]
    assert asked == ["satu", "dua"]
    assert found[-1] == UNKNOWN


def test_another_error_is_told() -> None:
    def answered(request: SearchRequest, budget: Budget) -> Counts:
        del budget
        raise QueryTooLong(len(request.query))

    with pytest.raises(WartaError):
        Looking(Budget(60.0), answered)(SearchRequest("satu"))
