"""The ``warta`` command: it gathers the commands of all packages and loads each when it is used."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import version

import click

from index.console import command, index_option

_COMMANDS = {
    "rebuild": "index.cli.build",
    "update": "index.cli.build",
    "delete": "index.cli.maintain",
    "verify": "index.cli.maintain",
    "stats": "search.cli",
    "generations": "index.cli.maintain",
    "rollback": "index.cli.maintain",
    "prune": "index.cli.maintain",
    "backup": "index.cli.backup",
    "restore": "index.cli.backup",
    "search": "search.cli",
    "analyze": "search.cli",
    "evaluate": "search.evaluation.cli",
    "serve": "web.cli",
    "completion": "web.cli",
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
@click.version_option(version("warta"), message="warta %(version)s")
def main() -> None:
    """Mesin pencari teks penuh untuk berita Indonesia / Full-text search of Indonesian news.

    \b
    Contoh / Example:
      warta rebuild arsip/ --index indeks
      warta search "kereta cepat" --index indeks
      warta serve --index indeks
    """


@command("serve")
@index_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Alamat. / Address.")
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=8000,
    show_default=True,
    help="Porta; 0 memilih yang bebas. / Port; 0 picks a free one.",
)
@click.option(
    "--workers",
    type=click.IntRange(1),
    help="Banyaknya proses, bawaan: inti. / Worker processes, default: the cores.",
)
@click.option("--access-log", is_flag=True, help="Catat permintaan. / Log requests.")
def serve(*, index_url: str, host: str, port: int, workers: int | None, access_log: bool) -> None:
    """Layani laman dan API JSON / Serve the page and the JSON API.

    SIGHUP mengganti semua proses dengan anggun; indeks baru terpakai tanpa itu.

    SIGHUP replaces all workers gracefully; a new index is picked up without it.

    \b
    Contoh / Example:
      warta serve --index indeks --port 8080
    """
    from web.serve import serve as run

    run(index_url, host=host, port=port, workers=workers, access_log=access_log)


@command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(*, shell: str) -> None:
    """Cetak pelengkap perintah / Print shell completion.

    \b
    Contoh / Example:
      warta completion bash > ~/.local/share/bash-completion/completions/warta
    """
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found is not None
    click.echo(found(main, {}, "warta", "_WARTA_COMPLETE").source())


if __name__ == "__main__":
    main()
