"""What the system says while an index is read becomes an error that names file and index."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import FileMissing, IndexUnreadable


@contextmanager
def system_errors_of(index: Path) -> Iterator[None]:
    """While files of the index directory are read, an OSError becomes ``IndexUnreadable``.

    A ``FileMissing`` stays what it is: who holds the generation knows how it was damaged.
    """
    try:
        yield
    except FileMissing:
        raise
    except OSError as error:
        raise IndexUnreadable(index, _file(index, error), error) from None


def _file(index: Path, error: OSError) -> str:
    """The file that an error names, within the index; of others nothing is told but the name."""
    if not isinstance(error.filename, str | bytes):
        return ""
    path = Path(os.fsdecode(error.filename))
    return str(path.relative_to(index)) if path.is_relative_to(index) else path.name
