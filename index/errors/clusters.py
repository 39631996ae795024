"""Why a cluster does not do what it is asked."""

from __future__ import annotations

from index.bilingual import Text
from index.errors.unavailable import IndexUnavailable
from index.printing import quoted

_START = Text("start OpenSearch there", "jalankan OpenSearch di sana")


class IndexUnreachable(IndexUnavailable):
    """No OpenSearch answers at ``node``, the hosts and ports that the URL ``index`` names.

    ``remedy``: what to do, where that is not to start it.
    """

    def __init__(self, index: str, node: str, reason: Text, remedy: Text = _START) -> None:
        super().__init__(
            index,
            f"the cluster at {node} cannot be reached: {reason.english}; "
            f"{remedy.english}, or name another index with --index",
            f"klaster di {node} tidak dapat dihubungi: {reason.indonesian}; "
            f"{remedy.indonesian}, atau sebutkan indeks lain dengan --index",
        )
        self.node = node
        self.reason = reason


class ClusterBusy(IndexUnavailable):
    """The cluster has too much to do: it turned down a request, or did not answer it in time."""

    def __init__(self, index: str, node: str, reason: Text) -> None:
        super().__init__(
            index,
            f"the cluster at {node} is busy: {reason.english}; try again later, or give it more "
            "nodes",
            f"klaster di {node} sedang sibuk: {reason.indonesian}; coba lagi nanti, atau tambah "
            "simpulnya",
        )
        self.node = node
        self.reason = reason


class ClusterRefused(IndexUnavailable):
    """The cluster does not let the user do what was asked, or does not know the user.

    ``user``: None where no name was given.
    """

    def __init__(self, index: str, node: str, user: str | None, *, known: bool) -> None:
        who = Text(
            "who asks without a name" if user is None else f'the user "{user}"',
            "yang bertanya tanpa nama" if user is None else f'pengguna "{user}"',
        )
        what = Text(
            f"does not know {who.english}, or not with this password; check "
            "WARTA_OPENSEARCH_USER and WARTA_OPENSEARCH_PASSWORD",
            f"tidak mengenal {who.indonesian}, atau kata sandinya keliru; periksa "
            "WARTA_OPENSEARCH_USER dan WARTA_OPENSEARCH_PASSWORD",
        )
        if known:
            alias = index.rpartition("/")[2]
            what = Text(
                f'does not let {who.english} do this; whoever runs it can give rights to "{alias}" '
                f'and "{alias}-*"',
                f"tidak mengizinkan {who.indonesian} melakukan ini; pengelolanya dapat memberi "
                f'hak atas "{alias}" dan "{alias}-*"',
            )
        super().__init__(
            index,
            f"the cluster at {node} {what.english}",
            f"klaster di {node} {what.indonesian}",
        )
        self.node = node
        self.user = user


class ClusterTroubled(IndexUnavailable):
    """The cluster answers, and cannot do its work: it has no manager, or shards are missing.

    ``shards_lost``: whether it says the latter, or that a shard has forgotten what it kept.
    """

    def __init__(self, index: str, node: str, reason: Text, *, shards_lost: bool = False) -> None:
        scheme = "https" if index.startswith("opensearchs:") else "http"
        first = node.partition(",")[0]
        command = f"curl {quoted(f'{scheme}://{first}/_cluster/health?pretty')}"
        super().__init__(
            index,
            f"the cluster at {node} is in trouble: {reason.english}; see its state with: {command}",
            f"klaster di {node} bermasalah: {reason.indonesian}; lihat keadaannya dengan: "
            f"{command}",
        )
        self.node = node
        self.reason = reason
        self.shards_lost = shards_lost


class MomentLost(IndexUnavailable):
    """What an index on a cluster held at one moment is gone before all of it was read.

    A node that kept it has ended, its generation was removed, or it was not asked for too long.
    """

    def __init__(self, index: str) -> None:
        super().__init__(
            index,
            f"what {index} held when this began cannot be read on: a node of its cluster does not "
            "answer, or its generation was removed; ask again from the beginning",
            f"isi {index} pada saat permintaan ini dimulai tidak dapat dibaca lagi: sebuah simpul "
            "klasternya tidak menjawab, atau generasinya dihapus; ulangi dari awal",
        )


class AliasTaken(IndexUnavailable):
    """The alias of the URL ``index`` names something that Warta has not made: ``what``."""

    def __init__(self, index: str, what: str) -> None:
        super().__init__(
            index,
            f"{index} is taken: {what} is no index that Warta has made; nothing was changed; "
            "choose another alias, or take this one off it",
            f"{index} sudah dipakai: {what} bukan indeks buatan Warta; tidak ada yang diubah; "
            "pilih alias lain, atau lepaskan alias ini darinya",
        )
        self.what = what


class NotOnADirectory(IndexUnavailable):
    """The index is a directory, and the options ``names`` are for clusters."""

    status = 2

    def __init__(self, index: str, names: str) -> None:
        super().__init__(
            index,
            f"{names}: a directory has no shards and no replicas; leave them out, or name an index "
            "on a cluster with --index opensearch://HOST:PORT/ALIAS",
            f"{names}: sebuah direktori tidak memiliki shard atau replika; hapus pilihan itu, atau "
            "sebutkan indeks di klaster dengan --index opensearch://HOST:PORT/ALIAS",
        )


class NotOnACluster(IndexUnavailable):
    """The index is on a cluster, and the command ``name`` is for directories."""

    def __init__(self, index: str, name: str) -> None:
        super().__init__(
            index,
            f"warta {name} is for an index in a directory, and {index} is on a cluster; use the "
            "cluster's own snapshots, or name a directory with --index",
            f"warta {name} untuk indeks dalam direktori, sedangkan {index} ada di klaster; pakai "
            "snapshot milik klaster, atau sebutkan sebuah direktori dengan --index",
        )


class ClientMissing(IndexUnavailable):
    """The package that speaks with clusters is not installed."""

    def __init__(self, index: str) -> None:
        command = "pip install 'warta[opensearch]'"
        super().__init__(
            index,
            f"{index} is on a cluster, for which the package opensearch-py is needed; install it "
            f"with: {command}",
            f"{index} ada di klaster, yang memerlukan paket opensearch-py; pasang dengan: "
            f"{command}",
        )


class AccessInvalid(IndexUnavailable):
    """The environment variable ``variable``, which says how a cluster is asked, cannot be used."""

    def __init__(self, index: str, variable: str, reason: Text) -> None:
        super().__init__(
            index,
            f"${variable}, by which {index} is asked: {reason.english}",
            f"${variable}, yang dipakai untuk {index}: {reason.indonesian}",
        )
        self.variable = variable
