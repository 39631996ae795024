"""The read keys that a running server knows: those of the file, as it is now."""

from __future__ import annotations

import logging
import time
from pathlib import Path

from web.keys import KeysInvalid, ReadKey, find, read_keys

_SECONDS = 1.0
"""How long what was read counts as what is there: so soon a revoked key stops."""


class KeyRing:
    """The keys of the file at ``path``, which is read again about once a second while asked.

    A file that cannot be used later leaves the keys as they were, and the ``fault`` is told.
    Raises ``KeysInvalid`` where it cannot be used at the start.
    """

    def __init__(self, path: Path, log: logging.Logger) -> None:
        self._path = path
        self._log = log
        self._keys = read_keys(path)
        self._next = time.monotonic() + _SECONDS
        self._fault: KeysInvalid | None = None

    def find(self, secret: str) -> ReadKey | None:
        """The key of the secret, if there is one that has not expired."""
        self._refresh()
        return find(self._keys, secret)

    def fault(self) -> KeysInvalid | None:
        """Why the file of now is not in force, or None where it is."""
        self._refresh()
        return self._fault

    def _refresh(self) -> None:
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + _SECONDS
        try:
            keys = read_keys(self._path)
        except KeysInvalid as error:
            if str(error) != str(self._fault):
                self._log.error("%s; the keys read before stay in force", error)
            self._fault = error
            return
        if self._fault:
            self._log.warning("%s: the keys are in force again", self._path)
        self._keys, self._fault = keys, None
