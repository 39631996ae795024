"""Settings: options that an operator may also give in the environment or in ``warta.toml``.

A setting is declared once, as an option of each command that has it. Its value is what the command
line says, else the environment (``WARTA_`` and the option's name), else the file, else its default.
In the file a key at the top is for every command that has the setting, a key in a table for the
command that the table is named after::

    index = "/var/lib/warta/index"

    [serve]
    port = 8080
    trusted-proxy = ["127.0.0.1"]

What is wrong is told with the line of the file, or the variable, that says it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from index.errors import WartaError
from index.system_errors import reason

FILE = "warta.toml"
"""The file that is read where none is named, if it is in the working directory."""

FILE_VARIABLE = "WARTA_CONFIG"

USER, PASSWORD = "WARTA_OPENSEARCH_USER", "WARTA_OPENSEARCH_PASSWORD"
PASSWORD_FILE, CA = "WARTA_OPENSEARCH_PASSWORD_FILE", "WARTA_OPENSEARCH_CA"
CACHE = "WARTA_CACHE"

BY_ENVIRONMENT = (USER, PASSWORD, PASSWORD_FILE, CA, CACHE)
"""Variables that are no options, which others can read: who asks a cluster (``opensearch.access``).

And one that is of the machine, whatever the command: where companions are (``opensearch.cached``).
"""

_NO_SETTINGS = {"WARTA_KERNELS", "WARTA_LONG"}
"""Variables that look like misspelt settings and are none: how to run, and how to test."""


class SettingsInvalid(WartaError):
    """A settings file cannot be read, is not TOML or sets what is no setting.

    ``place`` is its path, with the number of the line where one is known.
    """

    def __init__(self, place: Path | str, english: str, indonesian: str) -> None:
        super().__init__(f"{place}: {english}", f"{place}: {indonesian}")


class Setting(click.Option):
    """An option that is a setting; ``key`` is its name in the file."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.key = max(self.opts, key=len).lstrip("-")
        self.envvar = self.envvar or f"WARTA_{self.key.upper().replace('-', '_')}"
        self.show_envvar = True

    def get_error_hint(self, ctx: click.Context | None) -> str:
        """The option, and what sets it where that is not the command line."""
        hint = f"'--{self.key}'"
        source = None if ctx is None or self.name is None else ctx.get_parameter_source(self.name)
        if ctx is None or source is None:
            return hint
        if source is ParameterSource.ENVIRONMENT:
            return f"{hint} (${self.envvar})"
        if source is ParameterSource.DEFAULT_MAP and isinstance(ctx.find_root().obj, Path):
            return f"{hint} ({_place(ctx.find_root().obj, str(ctx.info_name), self.key)})"
        return hint


setting = partial(click.option, cls=Setting)
"""Declares a setting as ``click.option`` does an option."""


def settings_of(command: click.Command) -> dict[str, Setting]:
    """The settings of a command by their keys."""
    return {one.key: one for one in command.params if isinstance(one, Setting)}


def settings_file(named: Path | None) -> Path | None:
    """The file to read: the one that is named, else the one in the working directory, if any."""
    if named is not None:
        return named
    found = Path(FILE)
    return found if found.exists() else None


def misspelt_variables(
    environment: Mapping[str, str], commands: Mapping[str, click.Command]
) -> dict[str, str]:
    """Variables that set nothing, each with the one that its name is near to."""
    from difflib import get_close_matches

    known = {str(one.envvar) for each in commands.values() for one in settings_of(each).values()}
    known |= {FILE_VARIABLE, *BY_ENVIRONMENT, *_NO_SETTINGS}
    found: dict[str, str] = {}
    for name in environment:
        if name.startswith("WARTA_") and name not in known:
            for near in get_close_matches(name, known - _NO_SETTINGS, n=1, cutoff=0.8):
                found[name] = near
    return found


def read_settings(
    path: Path, commands: Mapping[str, click.Command]
) -> dict[str, dict[str, object]]:
    """What a file sets: for each command the values of its parameters, as click's ``default_map``.

    Relative paths are relative to the file. Raises ``SettingsInvalid``.
    """
    path = absolute(path)
    known = {name: settings_of(command) for name, command in commands.items()}
    values: dict[str, dict[str, object]] = {name: {} for name in commands}
    content = _content(path)
    # What is in a command's own table comes after, and so in the place of, what is at the top.
    for key, value in sorted(content.items(), key=lambda pair: isinstance(pair[1], dict)):
        if isinstance(value, dict):
            if key not in known:
                _refuse(
                    _place(path, key),
                    f"[{key}]",
                    [f"[{name}]" for name, some in known.items() if some],
                )
            for inner, one in value.items():
                if inner not in known[key]:
                    _refuse(_place(path, key, inner), f"{inner} ([{key}])", known[key])
                _set(values[key], known[key][inner], one, path, key)
            continue
        having = [name for name, some in known.items() if key in some]
        if not having:
            _refuse(
                _place(path, "", key), key, sorted({key for some in known.values() for key in some})
            )
        for name in having:
            _set(values[name], known[name][key], value, path, "")
    return values


def _content(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        why = reason(error)
        raise SettingsInvalid(
            path, f"cannot be read: {why.english}", f"tidak terbaca: {why.indonesian}"
        ) from None
    except UnicodeDecodeError:
        raise SettingsInvalid(path, "is not UTF-8", "bukan UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsInvalid(path, f"is not TOML: {error}", f"bukan TOML: {error}") from None


def absolute(path: Path) -> Path:
    """The path from the root on, links kept, so that messages hold wherever they are read."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links


def _place(path: Path, table: str, key: str = "") -> str:
    """The file with the number of the line that sets a key, or begins a table.

    ``table`` is "" for the top; a command's key may be there as well as in the command's table.
    The number is left out where the line is not found, as where it is written in another way.
    """
    path = absolute(path)
    try:
        lines = path.read_text("utf-8-sig", errors="replace").splitlines()
    except OSError:
        return str(path)
    within, at_top = "", None
    assigned = re.compile(rf"""\s*["']?{re.escape(key)}["']?\s*=""")
    for number, line in enumerate(lines, 1):
        header = re.match(r"""\s*\[\s*["']?([^\]"']+?)["']?\s*\]""", line)
        if header:
            within = header[1].partition(".")[0]
            if not key and within == table:
                return f"{path}:{number}"
        elif key and assigned.match(line):
            if within == table:
                return f"{path}:{number}"
            if not within:
                at_top = number
    return f"{path}:{at_top}" if at_top else str(path)


def _refuse(path: str, name: str, allowed: Mapping[str, object] | list[str]) -> None:
    from difflib import get_close_matches

    names = list(allowed)
    near = get_close_matches(name.split(" ", maxsplit=1)[0], names, n=1)
    english = f"{name} is no setting; "
    indonesian = f"{name} bukan setelan; "
    if near:
        english, indonesian = english + f"perhaps {near[0]}", indonesian + f"mungkin {near[0]}"
    else:
        listed = ", ".join(names)
        english, indonesian = english + f"known are {listed}", indonesian + f"yang ada: {listed}"
    raise SettingsInvalid(path, english, indonesian)


def _set(values: dict[str, object], one: Setting, value: object, path: Path, table: str) -> None:
    place = _place(path, table, one.key)
    given = value if isinstance(value, list) else [value]
    if not one.multiple and isinstance(value, list):
        raise SettingsInvalid(place, f"{one.key} takes one value", f"{one.key} menerima satu nilai")
    if "" in given:
        raise SettingsInvalid(
            place,
            f"{one.key} is empty; leave the line out for the default",
            f"{one.key} kosong; hapus barisnya agar bawaan berlaku",
        )
    if any(isinstance(part, str) and "\0" in part for part in given):
        raise SettingsInvalid(
            place, f"{one.key} holds a NUL character", f"{one.key} memuat karakter NUL"
        )
    texts = [_text(part, one, path, place) for part in given]
    assert one.name is not None
    values[one.name] = texts if one.multiple else texts[0]


def _text(value: object, one: Setting, path: Path, place: str) -> object:
    """The value as the command line would have it, which checks it; relative paths made absolute.

    A flag stays what it is.
    """
    if isinstance(value, bool) == one.is_flag and isinstance(value, bool | int | float | str):
        if isinstance(value, str) and isinstance(one.type, click.Path):
            return _from(path.parent, value)
        return value if one.is_flag else str(value)
    wanted = ("text or a number", "teks atau bilangan")
    if one.is_flag:
        wanted = ("true or false", "true atau false")
    raise SettingsInvalid(place, f"{one.key} takes {wanted[0]}", f"{one.key} menerima {wanted[1]}")


def _from(folder: Path, value: str) -> str:
    """A path of the file, which is relative to its folder; the URL of an index as it is."""
    return value if value == "-" or "://" in value else str(folder / value)
