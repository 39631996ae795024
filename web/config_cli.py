"""``warta config``: every setting in force, and where it comes from."""

from __future__ import annotations

import json
import os
import textwrap
from collections.abc import Iterator

import click
from click._utils import UNSET
from click.core import ParameterSource

from index.console import command, json_option, print_json
from index.kernels.state import state, told
from index.light_dataclass import dataclass
from index.settings import BY_ENVIRONMENT, PASSWORD, settings_of
from web.rates import without_password


@dataclass(frozen=True, slots=True)
class InForce:
    """A setting of a command, its value and where that comes from."""

    command: str
    key: str
    value: object
    source: str


_SOURCES = {
    None: "default",
    ParameterSource.ENVIRONMENT: "environment",
    ParameterSource.DEFAULT_MAP: "file",
    ParameterSource.DEFAULT: "default",
}
_IN_INDONESIAN = {"environment": "lingkungan", "file": "berkas", "default": "bawaan"}


@command("config")
@json_option
@click.pass_context
def config(ctx: click.Context, *, as_json: bool) -> None:
    """Tampilkan setelan yang berlaku dan asalnya / Show the settings in force, and where from.

    Baris perintah mendahului lingkungan (WARTA_...), lingkungan mendahului berkas (warta.toml di
    folder kerja, $WARTA_CONFIG, atau --config). Keluarannya dapat dipakai sebagai berkas itu; kata
    sandi dalam alamat disamarkan. Cara bertanya kepada klaster (WARTA_OPENSEARCH_USER dsb.) hanya
    dari lingkungan.

    The command line comes before the environment (WARTA_...), the environment before the file
    (warta.toml in the working directory, $WARTA_CONFIG, or --config). What it prints can be read as
    such a file; the password of an address is left out. How clusters are asked
    (WARTA_OPENSEARCH_USER and others) is said by the environment alone.

    \b
    Contoh / Example:
      warta config
      warta --config /etc/warta.toml config --json
    """
    found = list(_in_force(ctx))
    path = ctx.parent.obj if ctx.parent else None
    if as_json:
        print_json(
            {
                "file": None if path is None else str(path),
                "kernels": state().value,
                "settings": [
                    {
                        "command": one.command,
                        "setting": one.key,
                        "value": _plain(one.value),
                        "source": one.source,
                    }
                    for one in found
                ],
                "environment": _by_environment(),
            }
        )
        return
    click.echo(f"# {path or 'tidak ada warta.toml / no warta.toml'}")
    click.echo(textwrap.fill(f"# kernel / kernels: {told()}", 80, subsequent_indent="#   "))
    shared = _shared(found)
    for one in shared.values():
        click.echo(_line(one))
    for name in dict.fromkeys(one.command for one in found):
        own = [one for one in found if one.command == name and one.key not in shared]
        if own:
            click.echo(f"\n[{name}]")
        for one in own:
            click.echo(_line(one))
    click.echo()
    for name, value in _by_environment().items():
        source = "default" if value is None else "environment"
        click.echo(f"# {_line(InForce('', name, value, source)).removeprefix('# ')}")


def _by_environment() -> dict[str, str | None]:
    """What the environment alone says, without the password; None for what it does not say."""
    found = {name: os.environ.get(name) or None for name in BY_ENVIRONMENT}
    return found | {PASSWORD: found[PASSWORD] and "***"}


def _shared(found: list[InForce]) -> dict[str, InForce]:
    """The settings that several commands have, with the same value and source in all of them."""
    by_key: dict[str, list[InForce]] = {}
    for one in found:
        by_key.setdefault(one.key, []).append(one)
    return {
        key: some[0]
        for key, some in by_key.items()
        if len(some) > 1 and len({(str(one.value), one.source) for one in some}) == 1
    }


_SOURCE_COLUMN = 48


def _line(one: InForce) -> str:
    """As the file would say it, and where it comes from; what has no value is a comment."""
    written = f"{one.key} = {_toml(one.value)}"
    if one.value is None or one.value == ():
        written = f"# {one.key} ="
    where = f"# {_IN_INDONESIAN[one.source]} / {one.source}"
    if max(len(line) for line in written.splitlines()) > _SOURCE_COLUMN:
        return f"{written}\n{'':<{_SOURCE_COLUMN}}  {where}"
    *before, last = written.splitlines()
    return "\n".join([*before, f"{last:<{_SOURCE_COLUMN}}  {where}"])


def _toml(value: object) -> str:
    """A value as TOML has it, a list with several values on lines of their own."""
    plain = _plain(value)
    if isinstance(plain, list):
        values = [_toml(one) for one in plain]
        if len(values) < 2:
            return f"[{''.join(values)}]"
        return "\n".join(["[", *(f"    {one}," for one in values), "]"])
    # JSON's numbers, texts and truth are TOML's, but for one character that JSON lets be.
    return json.dumps(plain, ensure_ascii=False).replace("\x7f", "\\u007f")


def _in_force(ctx: click.Context) -> Iterator[InForce]:
    """The settings of all commands. Raises ``UsageError`` for a value that is not allowed."""
    root = ctx.find_root()
    group = root.command
    assert isinstance(group, click.Group)
    for name in group.list_commands(root):
        found = group.get_command(root, name)
        assert found is not None
        settings = settings_of(found)
        with click.Context(found, parent=root, info_name=name) as inner:
            for key, one in settings.items():
                one.handle_parse_result(inner, {}, [])
                assert one.name is not None
                value = inner.params[one.name]
                source = _SOURCES[inner.get_parameter_source(one.name)]
                yield InForce(name, key, None if value is UNSET else value, source)


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, tuple):
        return [str(one) for one in value]
    return without_password(str(value))
