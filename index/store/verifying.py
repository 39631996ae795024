"""Whether generations are as they were published, and can be used by this program."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path

from index.errors import IndexDamaged, IndexMissing, IndexUnreadable
from index.generation import GENERATIONS, damages, file_damages, not_read
from index.manifest import MANIFEST, MISSING, find_manifest
from index.schema import READ_VERSIONS, VERSION
from index.store.current import CURRENT, read_current
from index.store.names import completed_names, generation_names
from index.target import Damage

_NAMED_ONLY = "it names a generation that is not there"


def verify(index: Path) -> list[Damage]:
    """Every file of every generation that is not as it was published, each held while it is read.

    What is published and pruned meanwhile is no damage: CURRENT is looked at again when all is
    read. Raises ``IndexMissing`` where nothing is published, and ``IndexUnreadable``.
    """
    _, damage = _current(index)
    names = generation_names(index)
    if damage is not None and damage.reason == MISSING and not completed_names(index):
        raise IndexMissing(index)
    intact: set[Hashable] = set()
    told = {name: damages_of(index, name, intact) for name in names}
    again = None
    while True:
        current, damage = _current(index)
        if current is None or told.get(current) == [] or current == again:
            break
        # It may have been published since, and what stood there before was not finished.
        told[current], again = damages_of(index, current, intact), current
    found = [] if damage is None else [damage]
    for name in sorted(told):
        # Without a manifest it is what a killed writer left, which the next one sweeps away.
        if name != current and [one.file for one in told[name] if one.reason == MISSING] == [
            MANIFEST
        ]:
            continue
        found += told[name]
    if current is not None and not (index / GENERATIONS / current).is_dir():
        found = [one for one in found if one.generation != current]
        found.append(Damage(current, CURRENT, _NAMED_ONLY))
    return found


def _current(index: Path) -> tuple[str | None, Damage | None]:
    """What CURRENT names, or what is wrong with it. Raises ``IndexUnreadable``."""
    try:
        current = read_current(index)
    except IndexDamaged as error:
        return None, Damage("", error.file, error.reason)
    return current, Damage("", CURRENT, MISSING) if current is None else None


def damages_of(index: Path, name: str, intact: set[Hashable] | None = None) -> list[Damage]:
    """What is wrong with a generation: all of it is read but what is known to be ``intact``."""
    try:
        return damages(index, name, intact)
    except FileNotFoundError:
        return [Damage(name, MANIFEST, MISSING)]
    except IndexUnreadable as error:
        file = Path(error.file).name
        return [not_read(name, MANIFEST if file == name else file, error.reason)]


def obstacle(
    index: Path, name: str, *, contents: bool = True, intact: set[Hashable] | None = None
) -> Damage | None:
    """What keeps a generation from being used by this program, if anything does.

    Without ``contents`` only sizes are looked at. What is known to be ``intact`` of generations
    before is not read again.
    """
    manifest = find_manifest(index / GENERATIONS / name)
    if contents or manifest is None:
        found = damages_of(index, name, intact)
    else:
        found = file_damages(index / GENERATIONS / name, manifest, contents=False)
    if found:
        return found[0]
    if manifest is not None and manifest.version not in READ_VERSIONS:
        reason = f"it has version {manifest.version}; this program needs {VERSION}"
        return Damage(name, MANIFEST, reason)
    return None
