"""A generation on a cluster, opened: its companion, and what is planned and counted over it."""

from __future__ import annotations

from copy import copy
from dataclasses import replace

from index.light_dataclass import dataclass
from index.opensearch.connection import Connection
from index.opensearch.generations import Facts
from index.opensearch.moment import Searched
from search.local.reading.rows import Rows
from search.local.scoring.ranking import Ranking
from search.opensearch.companion import Companion
from search.opensearch.completing import ClusterCompletions
from search.opensearch.planning import ClusterBodies, ClusterPlans
from search.opensearch.settling import Settling


@dataclass(frozen=True)
class Opened:
    """A generation, what is ``searched`` of it, and its companion with what is planned over it.

    ``settling``: what counts what the companion does not know.
    """

    name: str
    searched: Searched
    facts: Facts
    companion: Companion
    rows: Rows
    settling: Settling
    plans: ClusterPlans
    completions: ClusterCompletions

    @staticmethod
    def of(
        facts: Facts,
        light: Companion,
        connection: Connection,
        searched: Searched,
        ranking: Ranking,
    ) -> Opened:
        """What plans over a companion, which becomes its own."""
        settling = Settling(connection, searched)
        light.bodies = ClusterBodies(light, settling)
        rows = Rows(light, ranking.model)
        plans = ClusterPlans(rows, ranking, settling)
        completions = ClusterCompletions(rows, plans, settling)
        return Opened(facts.name, searched, facts, light, rows, settling, plans, completions)

    def at(self, searched: Searched) -> Opened:
        """The same as ``searched`` has it, with all that was read, counted and planned of it.

        What is counted for it from now on is counted there.
        """
        settling = self.settling.at(searched)
        light, rows = copy(self.companion), copy(self.rows)
        light.bodies = ClusterBodies(light, settling)
        rows.snapshot = light
        plans = self.plans.at(rows, settling)
        completions = ClusterCompletions(rows, plans, settling)
        return replace(
            self,
            searched=searched,
            companion=light,
            rows=rows,
            settling=settling,
            plans=plans,
            completions=completions,
        )
