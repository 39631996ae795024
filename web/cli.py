"""The ``warta`` command: it gathers the commands of all packages and loads each when it is used."""

from __future__ import annotations

import atexit
import os
import sys
from importlib import import_module
from pathlib import Path

import click

from index import garbage
from index.console import fail, fail_by_system
from index.settings import (
    FILE,
    FILE_VARIABLE,
    SettingsInvalid,
    absolute,
    misspelt_variables,
    read_settings,
    settings_file,
)

garbage.look_seldom()
# Nothing here multiplies matrices, and every process would start threads for that, whatever the
# environment says for other programs: a build forks no workers ahead where there are any.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

_COMMANDS = {
    "rebuild": "index.cli.build",
    "update": "index.cli.build",
    "delete": "index.cli.maintain",
    "verify": "index.cli.maintain",
    "stats": "search.cli.stats",
    "generations": "index.cli.maintain",
    "rollback": "index.cli.maintain",
    "prune": "index.cli.maintain",
    "backup": "index.cli.backup",
    "restore": "index.cli.backup",
    "search": "search.cli.ask",
    "analyze": "search.cli.analyze",
    "evaluate": "search.evaluation.cli",
    "queries": "web.queries_cli",
    "serve": "web.commands",
    "keys": "web.keys_cli",
    "config": "web.config_cli",
    "completion": "web.commands",
}


class _Commands(click.Group):
    """A group whose commands are found by name in the modules above."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order of the table."""
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of the name, its module imported now."""
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        found: click.Command = getattr(import_module(_COMMANDS[cmd_name]), cmd_name)
        return found


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="warta", message="warta %(version)s")
@click.option(
    "--config",
    type=click.Path(dir_okay=False, path_type=Path),
    envvar=FILE_VARIABLE,
    show_envvar=True,
    metavar="BERKAS",
    help=f"Berkas setelan, bawaan: {FILE} di folder kerja. / The file of settings, default: {FILE}"
    " in the working directory.",
)
@click.pass_context
def main(ctx: click.Context, *, config: Path | None) -> None:
    """Mesin pencari teks penuh untuk berita Indonesia / Full-text search of Indonesian news.

    \b
    Contoh / Example:
      warta rebuild arsip/ --index indeks
      warta search "kereta cepat" --index indeks
      warta serve --index indeks
    """
    path = settings_file(config)
    ctx.obj = None if path is None else absolute(path)
    named = [name for name in os.environ if name.startswith("WARTA_")]
    if path is None and not named:
        return
    assert isinstance(ctx.command, click.Group)
    found = {name: ctx.command.get_command(ctx, name) for name in _COMMANDS}
    commands = {name: one for name, one in found.items() if one}
    for name, near in misspelt_variables(os.environ, commands).items():
        click.echo(f"Peringatan: {name} bukan setelan dan tidak dibaca; mungkin {near}", err=True)
        click.echo(f"Warning: {name} is no setting and is not read; perhaps {near}", err=True)
    if path is None:
        return
    try:
        ctx.default_map = read_settings(path, commands)
    except SettingsInvalid as error:
        fail(error.english, error.indonesian)


def run() -> None:
    """Run the command, and end the process without taking apart what it has loaded.

    That takes as long as answering a question. Threads are waited for and what is registered to be
    done at the end is done, as always; output is flushed. An error ends as Python ends it.
    """
    status: list[int] = []
    atexit.register(_leave, status)
    _open_closed_streams()
    try:
        try:
            main()
        except OSError as error:  # of a help text, which no command prints
            fail_by_system(error)
    except SystemExit as ended:
        if ended.code is None or isinstance(ended.code, int):
            status.append(ended.code or 0)
        raise


def _open_closed_streams() -> None:
    """Let standard streams that were closed (``>&-``) be the empty device.

    Else the next file that is opened would take the number of a closed one, and what a library
    prints would be written into it, be it a file of an index.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            # It takes the lowest number that is free, which is this one: those below are open.
            stream = Path(os.devnull).open("w" if number else "r", encoding="utf-8")  # noqa: SIM115
            os.set_inheritable(stream.fileno(), True)
            setattr(sys, name, stream)


def _leave(status: list[int]) -> None:
    """End the process now; registered first, so that it is called last."""
    if not status:
        return
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        if not status[0]:
            return  # Python tells of what cannot be written, and how
    os._exit(status[0])


if __name__ == "__main__":
    run()
