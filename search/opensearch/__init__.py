"""The engine over an OpenSearch cluster: so far it says why nothing can be asked of it."""

from __future__ import annotations

from index.analysis import TokenAnalysis, analysis
from index.opensearch import OutOfUse


class OpenSearchEngine(OutOfUse):
    """Says of every question about articles why it has no answer. See ``SearchEngine``."""

    search = article = similar = copies = suggest = marker = statistics = pinned = OutOfUse.refuse

    def analyze(self, text: str) -> list[TokenAnalysis]:
        """As without the user's words: none were read of the cluster."""
        return analysis().explain(text)

    def generation(self) -> str:
        """Empty: none was seen."""
        return ""

    def refused(self) -> None:
        """Nothing is known of a cluster's."""
