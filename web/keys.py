"""Read keys: who may ask more than others, or at all; a file holds their hashes.

A key is 256 random bits, so nobody can guess one, fast hash or not: a slow hash protects secrets
that people think of, and would cost every request. The file has one key a line, in UTF-8; what
follows ``#`` is a comment::

    NAME HASH [limit=1000/hour] [expires=2027-01-31]

``HASH`` is ``sha256:`` and the SHA-256 of the key's text in hexadecimal. The key is good until the
end of the day of ``expires`` in UTC.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import os
import re
import secrets
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from index.bilingual import Text
from index.errors import WartaError
from index.light_dataclass import dataclass
from index.system_errors import reason
from web.rates import short

PREFIX = "warta_"
"""What every key begins with, so that tools that look for leaked secrets find it."""

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")
_HASH = re.compile(r"sha256:[0-9a-f]{64}")
_LARGEST = 10_000_000


class KeysInvalid(WartaError):
    """The file of read keys at ``path`` cannot be used as it is."""

    def __init__(self, path: Path, english: str, indonesian: str) -> None:
        super().__init__(f"{path}: {english}", f"{path}: {indonesian}")
        self.path = path


@dataclass(frozen=True, slots=True)
class ReadKey:
    """A key without its secret; ``limit`` as ``web.rates.short`` writes it, None for the server's.

    ``digest``: the SHA-256 of the key's text.
    """

    name: str
    digest: bytes
    limit: str | None = None
    expires: date | None = None

    def is_good(self, today: date) -> bool:
        """Whether it has not expired."""
        return self.expires is None or today <= self.expires


def digest_of(secret: str) -> bytes:
    """What the file holds of a key."""
    return hashlib.sha256(secret.encode(errors="surrogateescape")).digest()


def find(keys: Sequence[ReadKey], secret: str) -> ReadKey | None:
    """The key of the secret that has not expired; all are compared, each in constant time."""
    digest = digest_of(secret)
    found = None
    for key in keys:
        if hmac.compare_digest(key.digest, digest):
            found = key
    return found if found and found.is_good(datetime.now(UTC).date()) else None


def read_keys(path: Path) -> tuple[ReadKey, ...]:
    """The keys of the file. Raises ``KeysInvalid``, which names the line and never its hash."""
    return _keys(path, _content(path))


def add_key(path: Path, name: str, limit: str | None, expires: date | None) -> str:
    """A new key, whose hash is in the file when this returns; the key, which is not kept.

    The file is made where it is not there; it stays readable by its owner alone, or by whom it was
    before. Raises ``KeysInvalid``, also where the name is taken.
    """
    secret = PREFIX + secrets.token_urlsafe(32)
    line = f"{name} sha256:{digest_of(secret).hex()}"
    line += f" limit={limit}" if limit else ""
    line += f" expires={expires.isoformat()}" if expires else ""
    with _alone(path):
        text = _content(path) if os.path.lexists(path) else ""
        if any(key.name == name for key in _keys(path, text)):
            raise KeysInvalid(path, f'there is a key "{name}"', f'sudah ada kunci "{name}"')
        before = text if not text or text.endswith("\n") else f"{text}\n"
        _replace(path, f"{before}{line}\n")
    return secret


def remove_key(path: Path, name: str) -> None:
    """Take the key's line out of the file. Raises ``KeysInvalid`` where it has none."""
    with _alone(path):
        text = _content(path)
        if not any(key.name == name for key in _keys(path, text)):
            raise KeysInvalid(path, f'there is no key "{name}"', f'tidak ada kunci "{name}"')
        lines = text.split("\n")
        _replace(path, "\n".join(line for line in lines if line.split()[:1] != [name]))


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """While no other command changes a file of the folder. Raises ``KeysInvalid``."""
    try:
        folder = os.open(Path(os.path.realpath(path)).parent, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise _unreadable(path, error) from None
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _content(path: Path) -> str:
    try:
        # A pipe would be waited for.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as stream:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode) or status.st_size > _LARGEST:
                raise KeysInvalid(path, "it is no file of keys", "itu bukan berkas kunci")
            return stream.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise KeysInvalid(path, "it is not UTF-8", "bukan UTF-8") from None
    except OSError as error:
        raise _unreadable(path, error) from None


def _unreadable(path: Path, error: OSError) -> KeysInvalid:
    why = reason(error)
    return KeysInvalid(
        path, f"it cannot be read: {why.english}", f"tidak terbaca: {why.indonesian}"
    )


def _keys(path: Path, text: str) -> tuple[ReadKey, ...]:
    found: dict[str, ReadKey] = {}
    for number, line in enumerate(text.split("\n"), 1):
        words = line.partition("#")[0].split()
        if not words:
            continue
        try:
            key = _key(words)
        except _WrongLine as wrong:
            raise KeysInvalid(
                path,
                f"line {number}: {wrong.what.english}; mend the line",
                f"baris {number}: {wrong.what.indonesian}; perbaiki barisnya",
            ) from None
        if key.name in found:
            raise KeysInvalid(
                path,
                f'line {number}: the key "{key.name}" is there twice',
                f'baris {number}: kunci "{key.name}" ada dua kali',
            )
        found[key.name] = key
    return tuple(found.values())


class _WrongLine(Exception):
    """What is wrong with a line; it never says the hash."""

    def __init__(self, english: str, indonesian: str) -> None:
        super().__init__(english)
        self.what = Text(english, indonesian)


def _key(words: list[str]) -> ReadKey:
    """The key of a line's words. Raises ``_WrongLine``."""
    if not NAME.fullmatch(words[0]):
        raise _WrongLine(
            "a name has letters, digits and . _ @ - only", "nama hanya huruf, angka, dan . _ @ -"
        )
    if len(words) < 2 or not _HASH.fullmatch(words[1]):
        raise _WrongLine(
            "after the name sha256: and 64 hexadecimal digits are wanted",
            "setelah nama harus ada sha256: dan 64 angka heksadesimal",
        )
    limit = expires = None
    for word in words[2:]:
        name, _, value = word.partition("=")
        if name == "limit" and limit is None:
            try:
                limit = short(value)
            except ValueError:
                raise _WrongLine(
                    "limit is none: write 1000/hour", "limit keliru: tulis 1000/hour"
                ) from None
        elif name == "expires" and expires is None:
            try:
                expires = date.fromisoformat(value)
            except ValueError:
                raise _WrongLine(
                    "expires is no day: write 2027-01-31",
                    "expires bukan tanggal: tulis 2027-01-31",
                ) from None
        else:
            raise _WrongLine(
                "only limit= and expires= may follow the hash, each once",
                "setelah hash hanya boleh limit= dan expires=, masing-masing sekali",
            )
    return ReadKey(words[0], bytes.fromhex(words[1].removeprefix("sha256:")), limit, expires)


def _replace(path: Path, text: str) -> None:
    """Put the text in the place of the file, whole and on disk before the name changes."""
    path = Path(os.path.realpath(path))
    try:
        before = path.stat()
    except FileNotFoundError:
        before = None
    waiting = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            if before is not None:
                # A server of another user reads it as it did before.
                os.fchmod(descriptor, stat.S_IMODE(before.st_mode) & 0o640)
                if (before.st_uid, before.st_gid) != (os.geteuid(), os.getegid()):
                    os.fchown(descriptor, before.st_uid, before.st_gid)
            stream.write(text.encode())
            stream.flush()
            os.fsync(descriptor)
        waiting.replace(path)
    except BaseException:
        waiting.unlink(missing_ok=True)
        raise
    directory = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
