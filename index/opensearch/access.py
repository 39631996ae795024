"""Who asks a cluster, and whom it trusts: what the environment says of both.

::

    WARTA_OPENSEARCH_USER            the user's name; without it nobody is named
    WARTA_OPENSEARCH_PASSWORD        the password, or
    WARTA_OPENSEARCH_PASSWORD_FILE   a file that holds it, as containers are given secrets
    WARTA_OPENSEARCH_CA              a file of certificates (PEM) of the authorities to trust with
                                     opensearchs://; without it the system's

Options of a command line can be read by everybody on a machine, so there are none. An empty
variable counts as one that is not set.

A connection keeps the password in memory as long as it lasts, as each request has it in its header
(HTTP Basic); a server that has to take another one is reloaded. The environment of a process holds
it just as long, and can be read by the same users; a file is read once.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from index.bilingual import Text
from index.errors import AccessInvalid
from index.light_dataclass import dataclass
from index.settings import CA, PASSWORD, PASSWORD_FILE, USER
from index.surrogates import is_text
from index.system_errors import reason

_NOT_UTF8 = Text("it is not UTF-8", "bukan UTF-8")


@dataclass(frozen=True, slots=True)
class Access:
    """A user with a password, or nobody; ``authorities``: the file of those to trust, or None."""

    user: str | None
    password: str = field(repr=False)
    authorities: Path | None


def access(index: str, environment: Mapping[str, str] = os.environ) -> Access:
    """How the cluster of the URL ``index`` is asked. Raises ``AccessInvalid``."""
    user, password = environment.get(USER) or None, _password(index, environment)
    if user is None and password:
        raise AccessInvalid(index, USER, Text("it is empty", "isinya kosong"))
    if user is not None and not password:
        raise AccessInvalid(
            index,
            PASSWORD,
            Text("it is empty, as is the other variable", "isinya kosong, begitu pula yang lain"),
        )
    if user is not None and ":" in user:
        raise AccessInvalid(
            index, USER, Text("a name has no colon", "nama tidak boleh memuat titik dua")
        )
    for variable, value in ((USER, user or ""), (PASSWORD, password)):
        if not is_text(value):
            raise AccessInvalid(index, variable, _NOT_UTF8)
    given = environment.get(CA)
    return Access(user, password, Path(given) if given else None)


def _password(index: str, environment: Mapping[str, str]) -> str:
    told, file = environment.get(PASSWORD, ""), environment.get(PASSWORD_FILE, "")
    if told and file:
        both = Text(
            f"${PASSWORD} is set as well; keep one of them",
            f"${PASSWORD} juga berisi; pakai salah satu",
        )
        raise AccessInvalid(index, PASSWORD_FILE, both)
    if not file:
        return told
    try:
        held = Path(file).read_text("utf-8").rstrip("\r\n")
    except (OSError, ValueError) as error:
        why = reason(error)
        if isinstance(error, UnicodeDecodeError):  # Whose own words have a part of the password.
            why = _NOT_UTF8
        raise AccessInvalid(
            index,
            PASSWORD_FILE,
            Text(f"{file}: {why.english}", f"{file}: {why.indonesian}"),
        ) from None
    if not held:
        empty = Text(f"{file}: the file is empty", f"{file}: berkasnya kosong")
        raise AccessInvalid(index, PASSWORD_FILE, empty)
    return held
