"""What users are told of a request that failed: opensearch-py's errors as Warta's own."""

from __future__ import annotations

import ssl

from opensearchpy.exceptions import ConnectionError as NoAnswer
from opensearchpy.exceptions import ConnectionTimeout, TransportError
from urllib3.exceptions import (
    ConnectTimeoutError,
    NameResolutionError,
    NewConnectionError,
    ProtocolError,
)

from index.bilingual import Text
from index.errors import (
    ClusterBusy,
    ClusterRefused,
    ClusterTroubled,
    IndexUnavailable,
    IndexUnreachable,
)
from index.location import ClusterAlias

_LATE = Text("no answer in time", "tidak ada jawaban pada waktunya")
_NO_ADDRESS = Text("its host's address is not found", "alamat inangnya tidak ditemukan")
_CLOSED = Text("nothing listens there", "tidak ada yang melayani di sana")
_SILENT = Text("it takes no connection", "sambungan tidak diterima")
_CUT = Text("it hung up without an answer", "sambungan diputus tanpa jawaban")
_NO_TLS = Text("it does not answer by TLS", "jawabannya tidak lewat TLS")
_PLAIN = Text("write opensearch:// if that is meant", "tulis opensearch:// bila itu maksudnya")
_BY_TLS = Text(
    "start OpenSearch there, write opensearchs:// if it answers by TLS",
    "jalankan OpenSearch di sana, tulis opensearchs:// bila jawabannya lewat TLS",
)
_TRUST = Text(
    "name the file with the certificate of the authority that signed it in $WARTA_OPENSEARCH_CA",
    "sebutkan berkas sertifikat otoritas penandatangannya di $WARTA_OPENSEARCH_CA",
)

_OF_THE_REQUEST = frozenset({400, 404, 409})

_SHARD_LOST = frozenset(
    {
        "connect_transport_exception",
        "illegal_index_shard_state_exception",
        "index_shard_closed_exception",
        "no_shard_available_action_exception",
        "node_closed_exception",
        "node_disconnected_exception",
        "node_not_connected_exception",
        "search_context_missing_exception",
        "shard_not_found_exception",
    }
)
"""Why a shard did not answer a search: it is not there, nor is its node, or it has forgotten."""
_NO_NODE = "no node found for id"
"""So a point in time is told of whose node has left the cluster: no kind of error of its own."""
_INCOMPLETE = "shards are missing"
"""So Warta calls an answer itself in which not every shard took part."""

_LONGEST = 300
"""Characters of another program's words that are repeated."""


def told(cluster: ClusterAlias, user: str | None, error: TransportError) -> IndexUnavailable | None:
    """The failure as one of Warta's errors; ``user`` asked.

    None for what the request itself got wrong or asked in vain (400, 404, 409).
    """
    url, node = cluster.url, cluster.node
    ours: IndexUnavailable | None = None
    match error.status_code:
        case _ if isinstance(error, ConnectionTimeout):
            ours = ClusterBusy(url, node, _LATE)
        case _ if isinstance(error, NoAnswer):
            ours = _unreachable(cluster, error)
        case 401:
            ours = ClusterRefused(url, node, user, known=False)
        case 403 if error.error != "cluster_block_exception":
            ours = ClusterRefused(url, node, user, known=True)
        case 429:
            ours = ClusterBusy(url, node, said(error))
        case int(status) if status not in _OF_THE_REQUEST:
            ours = ClusterTroubled(url, node, said(error), shards_lost=_shards_lost(error))
    return ours


def said(error: TransportError) -> Text:
    """The cluster's own words, which are English."""
    said = str(error.error)
    if isinstance(error.info, dict) and isinstance(error.info.get("error"), dict):
        why = error.info["error"].get("reason")
        said = f"{said}: {why}" if why else said
    words = f'"{said[:_LONGEST]}" ({error.status_code})'
    return Text(words, words)


def _shards_lost(error: TransportError) -> bool:
    """Whether a search failed for what shards, or what they kept for it, are no longer there."""
    if error.error == _INCOMPLETE:
        return True
    why = error.info.get("error") if isinstance(error.info, dict) else None
    if not isinstance(why, dict) or why.get("type") != "search_phase_execution_exception":
        return False
    shards = why.get("failed_shards", [])
    if not shards:  # No copy of any was there to be asked, unless something else is the cause.
        return why.get("reason") == "all shards failed" and "caused_by" not in why
    reasons = [one["reason"] for one in shards]
    return any(
        one["type"] in _SHARD_LOST or str(one.get("reason")).startswith(_NO_NODE) for one in reasons
    )


def _unreachable(cluster: ClusterAlias, error: NoAnswer) -> IndexUnreachable:
    """Why the node that was asked last gave no answer, and what to do."""
    cause, url, node = error.info, cluster.url, cluster.node
    wrong = _certificate(cause)
    words = str(cause)[:_LONGEST]
    reason = Text(words, words)
    remedies: list[Text] = []
    if wrong is not None:
        why = wrong.verify_message
        reason = Text(
            f"its certificate cannot be trusted ({why})",
            f"sertifikatnya tidak dapat dipercaya ({why})",
        )
        remedies = [_TRUST]
    elif isinstance(cause, NameResolutionError):
        reason = _NO_ADDRESS
    elif isinstance(cause, NewConnectionError):
        reason = _CLOSED if "refused" in words else reason
    elif isinstance(cause, ConnectTimeoutError):
        reason = _SILENT
    elif isinstance(cause, ProtocolError):
        reason, remedies = _CUT, [] if cluster.tls else [_BY_TLS]
    elif cluster.tls and "SSL" in words:
        reason, remedies = _NO_TLS, [_PLAIN]
    return IndexUnreachable(url, node, reason, *remedies)


def _certificate(error: object) -> ssl.SSLCertVerificationError | None:
    """What is wrong with a node's certificate, if that is what failed."""
    while isinstance(error, BaseException) and not isinstance(error, ssl.SSLCertVerificationError):
        error = next((one for one in error.args if isinstance(one, BaseException)), None)
    return error if isinstance(error, ssl.SSLCertVerificationError) else None
