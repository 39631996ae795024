"""Why what is published is not what is served: what operators are told, without paths."""

from __future__ import annotations

from pathlib import Path

from index.bilingual import Text
from index.errors import (
    AccessInvalid,
    CacheUnusable,
    ClientMissing,
    ClusterBusy,
    ClusterRefused,
    ClusterTroubled,
    CompanionDamaged,
    IndexBusy,
    IndexDamaged,
    IndexLocked,
    IndexMissing,
    IndexOutdated,
    IndexUnavailable,
    IndexUnreachable,
    IndexUnreadable,
)
from index.light_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Refused:
    """A generation that an engine does not serve; it goes on with the one before, if it had one.

    ``generation``: its name, empty where that cannot be read. ``problem``: ``missing``,
    ``unreadable``, ``outdated``, ``damaged``, ``locked``, or ``unavailable`` for a cluster that
    does not do what it is asked.
    ``file``: within the index, empty where the problem is of none.
    """

    generation: str
    problem: str
    file: str
    reason: Text


_MEANWHILE = {
    IndexLocked: Text("another command is writing", "perintah lain sedang menulis"),
    IndexBusy: Text(
        "others are published faster than one can be opened",
        "yang lain diterbitkan lebih cepat daripada dapat dibuka",
    ),
}
_ON_A_CLUSTER = {
    IndexUnreachable: Text(
        "no node of its cluster answers", "tidak ada simpul klasternya yang menjawab"
    ),
    ClusterBusy: Text("its cluster has too much to do", "klasternya terlalu sibuk"),
    ClusterRefused: Text(
        "its cluster does not let this program in", "klasternya menolak program ini"
    ),
    ClusterTroubled: Text("its cluster is in trouble", "klasternya bermasalah"),
    ClientMissing: Text(
        "the package opensearch-py is not installed", "paket opensearch-py belum dipasang"
    ),
    CompanionDamaged: Text(
        "what is kept of it in its cluster is damaged", "simpanannya di klaster rusak"
    ),
    CacheUnusable: Text(
        "the folder for what is taken from its cluster cannot be used",
        "folder untuk yang diambil dari klasternya tidak dapat dipakai",
    ),
    AccessInvalid: Text(
        "the environment says wrongly how its cluster is asked",
        "lingkungan keliru menyebut cara bertanya kepada klasternya",
    ),
}


def refused(generation: str, error: IndexUnavailable) -> Refused:
    """What the error says of the generation of this name, without the path of the index."""
    match error:
        case IndexDamaged():
            return Refused(generation, "damaged", error.file, _reason(error))
        case IndexUnreadable():
            return Refused(generation, "unreadable", error.file, error.reason)
        case IndexMissing():
            return Refused(
                generation,
                "missing",
                "CURRENT" if isinstance(error.path, Path) else "",
                Text("there is no published index", "belum ada indeks yang diterbitkan"),
            )
        case IndexOutdated():
            return Refused(
                generation,
                "outdated",
                "",
                Text(
                    f"it has version {error.found}, this program needs {error.needed}"[:300],
                    f"versinya {error.found}, program ini memerlukan {error.needed}"[:300],
                ),
            )
        case IndexLocked() | IndexBusy():
            return Refused(generation, "locked", "", _MEANWHILE[type(error)])
    unknown = Text("it cannot be asked", "indeks tidak dapat ditanyai")
    return Refused(generation, "unavailable", "", _ON_A_CLUSTER.get(type(error), unknown))


def _reason(error: IndexDamaged) -> Text:
    """The reason of damage. That of the user's words quotes their file, which is left out."""
    if error.file.endswith(("/words.txt", "/stemmer.txt")) and str(error.path) in error.reason:
        return Text("it has a line that cannot be read", "ada baris yang tidak dapat dibaca")
    return error.told
