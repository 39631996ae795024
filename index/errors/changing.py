"""Why an index could not be changed, or not for certain."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from index.bilingual import Text
from index.errors.unavailable import IndexUnusable
from index.printing import quoted
from index.system_errors import reason, remedy

if TYPE_CHECKING:
    from index.target import Damage, Published


class IndexLocked(IndexUnusable):
    """Another command holds the writer's lock; ``holder`` says which, where that is known."""

    def __init__(self, path: Path | str, holder: Text | None = None) -> None:
        who = Text("", "")
        if holder is not None:
            who = Text(f" ({holder.english})", f" ({holder.indonesian})")
        super().__init__(
            path,
            f"another command is writing to {path}{who.english}; try again later, or wait for it "
            "with --wait",
            f"perintah lain sedang menulis ke {path}{who.indonesian}; coba lagi nanti, atau tunggu "
            "dengan --wait",
        )
        self.holder = holder


class LeaseLost(IndexUnusable):
    """A command was held up for so long that another took over the lock at the URL ``path``."""

    def __init__(self, path: str) -> None:
        super().__init__(
            path,
            f"{path}: this command could not renew its lock in time, and another may have taken "
            "it; nothing was published; run the command again",
            f"{path}: perintah ini tidak sempat memperpanjang kuncinya, dan mungkin sudah diambil "
            "perintah lain; tidak ada yang diterbitkan; jalankan lagi perintahnya",
        )


class IndexBusy(IndexUnusable):
    """Whenever a generation was to be opened, others had taken its place and pruned it."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            f"{path}: generations are published and dropped faster than one can be opened; try "
            "again, and publish less often",
            f"{path}: generasi diterbitkan dan dibuang lebih cepat daripada dapat dibuka; coba "
            "lagi, dan terbitkan lebih jarang",
        )


class Interrupted(IndexUnusable):
    """Somebody stopped (Ctrl-C) a command that changes the index.

    ``before`` was in use when it began, ``now`` is; None for none.
    """

    def __init__(self, path: Path | str, before: str | None, now: str | None) -> None:
        state = Text("there is no index, as before", "belum ada indeks, seperti sebelumnya")
        if now is not None:
            state = Text(f"{now} stays in use", f"{now} tetap dipakai")
        state = Text(
            f"interrupted; nothing was published; {state.english}; run the command again",
            f"dihentikan; tidak ada yang diterbitkan; {state.indonesian}; jalankan lagi "
            "perintahnya",
        )
        if now is not None and now != before:
            state = Text(
                f"interrupted after {now} was put to use; it is in use now, and whole",
                f"dihentikan setelah {now} mulai dipakai; kini generasi itu dipakai, dan utuh",
            )
        super().__init__(path, f"{path}: {state.english}", f"{path}: {state.indonesian}")
        self.before = before
        self.now = now


class PruneFailed(IndexUnusable):
    """Generations ``left`` could not be dropped, or not whole; those ``removed`` are gone."""

    def __init__(
        self, path: Path, removed: Sequence[str], left: Sequence[str], error: OSError
    ) -> None:
        why, what = reason(error), remedy(error)
        names, gone = ", ".join(left), ", ".join(removed)
        super().__init__(
            path,
            f"{path}: {names}: could not be dropped, or not whole: {why.english}; dropped: "
            f"{gone or 'none'}; what is in use is as it was; {what.english}",
            f"{path}: {names}: tidak dapat dibuang, atau tidak seluruhnya: {why.indonesian}; yang "
            f"dibuang: {gone or 'tidak ada'}; yang sedang dipakai tidak berubah; {what.indonesian}",
        )
        self.removed = tuple(removed)
        self.left = tuple(left)
        self.errno = error.errno


class FlushFailed(IndexUnusable):
    """``generation`` is in use, and may not be after a power failure: flushing failed then.

    ``published``: what the command has published, where it has.
    """

    def __init__(self, path: Path, generation: str, error: OSError) -> None:
        why = reason(error)
        command = f"warta verify --index {quoted(path)}"
        super().__init__(
            path,
            f"{path}: {generation} is in use now, but it is not certain to be after a power "
            f"failure: {why.english}; check the disk (dmesg), then: {command}",
            f"{path}: {generation} kini dipakai, tetapi belum tentu bertahan bila listrik padam: "
            f"{why.indonesian}; periksa penyimpanan (dmesg), lalu: {command}",
        )
        self.generation = generation
        self.errno = error.errno
        self.published: Published | None = None


class RollbackRefused(IndexUnusable):
    """The generation ``name`` cannot be put to use; ``in_use`` stays."""

    def __init__(self, path: Path | str, name: str, why: Text, in_use: str | None) -> None:
        command = f"warta generations --index {quoted(path)}"
        stays = Text(
            "nothing was changed" if in_use is None else f"{in_use} stays in use",
            "tidak ada yang diubah" if in_use is None else f"{in_use} tetap dipakai",
        )
        super().__init__(
            path,
            f"{path}: {name}: {why.english}; {stays.english}; see what there is with: {command}",
            f"{path}: {name}: {why.indonesian}; {stays.indonesian}; lihat yang ada dengan: "
            f"{command}",
        )
        self.name = name
        self.why = why
        self.in_use = in_use


class NoEarlierGeneration(IndexUnusable):
    """There is no generation before the one in use that can be used.

    ``skipped``: those that are there and are damaged, or cannot be searched.
    """

    def __init__(self, path: Path | str, skipped: Sequence[Damage] = ()) -> None:
        places = [f"; {one.generation}/{one.file}: " for one in skipped]
        told = Text(
            "".join(
                f"{place}{one.told.english}" for place, one in zip(places, skipped, strict=True)
            ),
            "".join(
                f"{place}{one.told.indonesian}" for place, one in zip(places, skipped, strict=True)
            ),
        )
        intact = Text(" that is intact", " yang utuh") if skipped else Text("", "")
        command = f"warta generations --index {quoted(path)}"
        super().__init__(
            path,
            f"{path} has no generation before the one in use{intact.english}; nothing was changed"
            f"{told.english}; see what there is with: {command}",
            f"{path} tidak memiliki generasi{intact.indonesian} sebelum yang sedang dipakai; tidak "
            f"ada yang diubah{told.indonesian}; lihat yang ada dengan: {command}",
        )
        self.skipped = tuple(skipped)
