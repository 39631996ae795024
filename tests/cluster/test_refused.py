"""A request that the cluster refuses is told as trouble, whoever got it wrong."""

from __future__ import annotations

import pytest

from index.errors import ClusterTroubled
from index.target import BuildOptions, open_target
from search.local.scoring.ranking import Ranking
from search.opensearch.current import Current
from tests.cluster.fixtures import connected
from tests.conftest import ARCHIVE

pytestmark = pytest.mark.cluster


def test_a_request_that_is_wrong_is_trouble_and_not_an_error_of_the_program(url: str) -> None:
    open_target(url).rebuild(ARCHIVE[:2], BuildOptions())
    current = Current(connected(url).cluster, Ranking())
    with pytest.raises(ClusterTroubled, match="parsing_exception"), current.reading() as opened:
        current.connection.asked(
            lambda client: client.search(index=opened.facts.index, body={"query": {"no such": {}}})
        )
