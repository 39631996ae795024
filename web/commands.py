"""The commands of the server, and ``warta config``, which shows every setting in force."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
from click._utils import UNSET
from click.core import ParameterSource

from index.console import command, index_option, json_option, print_json
from index.settings import setting, settings_of
from web.networks import Network, network
from web.rates import short, storage, without_password
from web.settings import DEFAULTS, LogFormat, ServerSettings


class _NetworkType(click.ParamType[Any]):
    """An address, a network, or ``unix``."""

    name = "network"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Network:
        """Raise ``BadParameter`` for what is none."""
        if isinstance(value, Network):
            return value
        try:
            return network(value)
        except ValueError:
            self.fail(
                f"{value}: tulis alamat IP, jaringan, atau unix / write an IP address, a network or"
                " unix: 127.0.0.1, 10.0.0.0/8",
                param,
                ctx,
            )


class _HostType(click.ParamType[Any]):
    """The name of a host, or of all below a domain with a dot before it."""

    name = "host"
    _NAME = re.compile(
        r"\.?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*", re.IGNORECASE
    )

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Raise ``BadParameter`` for what is none, such as one with a port."""
        if not self._NAME.fullmatch(value) and not re.fullmatch(
            r"\[[0-9a-f:.]+\]", value, re.IGNORECASE
        ):
            self.fail(
                f"{value}: tulis nama host tanpa porta / write a host's name without a port:"
                " arsip.example.com, .example.com, [::1]",
                param,
                ctx,
            )
        return str(value).lower()


class _ReadType(click.ParamType[Any]):
    """Text that a function reads, which raises ValueError for what is none."""

    def __init__(self, name: str, read: Callable[[str], str], wanted: str) -> None:
        self.name = name
        self._read = read
        self._wanted = wanted

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Raise ``BadParameter`` for what is none."""
        try:
            return self._read(value)
        except ValueError:
            self.fail(f"{without_password(value)}: {self._wanted}", param, ctx)


class _BaseUrlType(click.ParamType[Any]):
    """The address under which readers reach the server, a path included."""

    name = "url"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Raise ``BadParameter`` for what is none."""
        try:
            parts = urlsplit(value)
            valid = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
        except ValueError:
            valid = False
        if not valid or parts.query or parts.fragment or parts.username or re.search(r"\s", value):
            self.fail(
                f"{value}: tulis URL http atau https / write an http or https URL:"
                " https://example.com/arsip",
                param,
                ctx,
            )
        return str(value).rstrip("/")


_SERVER = (
    setting("--host", default=DEFAULTS.host, show_default=True, help="Alamat. / Address."),
    setting(
        "--port",
        type=click.IntRange(0, 65_535),
        default=DEFAULTS.port,
        show_default=True,
        help="Porta; 0 memilih yang bebas. / Port; 0 picks a free one.",
    ),
    setting(
        "--uds",
        type=click.Path(path_type=Path),
        metavar="BERKAS",
        help="Soket Unix, alih-alih --host dan --port. / A Unix socket instead of --host and"
        " --port.",
    ),
    setting(
        "--workers",
        type=click.IntRange(1),
        help="Banyaknya proses, bawaan: jumlah inti prosesor. / Worker processes, default: the"
        " cores.",
    ),
    setting(
        "--threads",
        type=click.IntRange(1, 64),
        default=DEFAULTS.threads,
        show_default=True,
        help="Banyaknya utas setiap proses. / Threads of each process.",
    ),
    setting(
        "--timeout",
        type=click.IntRange(5),
        default=DEFAULTS.timeout,
        show_default=True,
        metavar="DETIK",
        help="Proses yang menjawab lebih lama diganti; dalam detik. / A process that takes longer"
        " to answer is replaced; in seconds.",
    ),
    setting(
        "--base-url",
        type=_BaseUrlType(),
        metavar="URL",
        help="Alamat peladen bagi pembaca, bila ada proksi di depan. / The address under which"
        " readers reach the server, where a proxy is in front.",
    ),
    setting(
        "--trusted-host",
        "trusted_hosts",
        multiple=True,
        type=_HostType(),
        metavar="NAMA",
        help="Nama host yang dilayani; .example.com: semua di bawahnya. Bawaan: semua. / A host"
        " name that is served; .example.com: all below it. Default: any.",
    ),
    setting(
        "--trusted-proxy",
        "trusted_proxies",
        multiple=True,
        type=_NetworkType(),
        metavar="JARINGAN",
        help="Proksi yang X-Forwarded-*-nya dipercaya: alamat, jaringan, atau unix. / A proxy whose"
        " X-Forwarded-* is believed: an address, a network, or unix.",
    ),
    setting(
        "--rate-limit",
        type=_ReadType(
            "rate",
            short,
            "tulis banyaknya dan waktunya / write how many in what time: 120/minute,"
            " 10/second;1000/hour",
        ),
        metavar="N/WAKTU",
        help="Banyaknya permintaan tiap klien, mis. 120/minute. / Requests of each client.",
    ),
    setting(
        "--rate-storage",
        type=_ReadType(
            "url",
            storage,
            "tulis / write memory://, redis://HOST:PORT, rediss://... atau / or"
            " redis+unix:///SOCKET",
        ),
        default=DEFAULTS.rate_storage,
        show_default=True,
        metavar="URL",
        help="Tempat menghitungnya: memory://, redis://… / Where they are counted.",
    ),
    setting(
        "--keys",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        metavar="BERKAS",
        help="Kunci baca dan batasnya; lihat warta keys. / Read keys and their limits; see warta"
        " keys.",
    ),
    setting(
        "--keys-required",
        is_flag=True,
        help="API hanya menjawab yang membawa kunci; laman tetap terbuka. / The API answers only"
        " who has a key; pages stay open.",
    ),
    setting(
        "--metrics-port",
        type=click.IntRange(0, 65_535),
        metavar="PORTA",
        help="Porta sendiri untuk /metrics. / A port of its own for /metrics.",
    ),
    setting("--access-log", is_flag=True, help="Catat permintaan. / Log requests."),
    setting(
        "--log-format",
        type=click.Choice(LogFormat, case_sensitive=False),
        default=DEFAULTS.log_format,
        show_default=True,
        help="Bentuk catatan. / How the log is written.",
    ),
    setting(
        "--log-addresses",
        is_flag=True,
        help="Sertakan alamat klien dalam catatan. / Have clients' addresses in the log.",
    ),
    setting(
        "--slow-ms",
        type=click.IntRange(1),
        metavar="MS",
        help="Catat pertanyaan, teksnya pun, yang memakan sekian milidetik prosesor. / Log"
        " questions, their text included, that take so many milliseconds of the processor.",
    ),
    setting(
        "--query-log",
        type=click.Path(file_okay=False, path_type=Path),
        metavar="FOLDER",
        help="Hitung pertanyaan, tanpa alamat; lihat warta queries. / Count questions, without"
        " addresses; see warta queries.",
    ),
    setting(
        "--query-log-days",
        type=click.IntRange(1, 3650),
        default=DEFAULTS.query_log_days,
        show_default=True,
        metavar="HARI",
        help="Lama hitungan itu disimpan. / For how many days these counts are kept.",
    ),
)


def _server_settings(function: Any) -> Any:
    for option in reversed(_SERVER):
        function = option(function)
    return function


@command("serve")
@index_option
@_server_settings
def serve(*, index_url: str, **chosen: Any) -> None:
    """Layani laman dan API JSON / Serve the page and the JSON API.

    SIGHUP mengganti semua proses dengan anggun; indeks baru terpakai tanpa itu.

    SIGHUP replaces all workers gracefully; a new index is picked up without it.

    \b
    Contoh / Example:
      warta serve --index indeks --port 8080
    """
    from web.serve import serve as run

    if chosen["keys_required"] and not chosen["keys"]:
        raise click.UsageError("--keys-required: sebutkan juga --keys / name --keys as well")
    run(index_url, ServerSettings(**chosen))


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
    sandi dalam alamat disamarkan.

    The command line comes before the environment (WARTA_...), the environment before the file
    (warta.toml in the working directory, $WARTA_CONFIG, or --config). What it prints can be read as
    such a file; the password of an address is left out.

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
                "settings": [
                    {
                        "command": one.command,
                        "setting": one.key,
                        "value": _plain(one.value),
                        "source": one.source,
                    }
                    for one in found
                ],
            }
        )
        return
    click.echo(f"# {path or 'tidak ada warta.toml / no warta.toml'}")
    shared = _shared(found)
    for one in shared.values():
        click.echo(_line(one))
    for name in dict.fromkeys(one.command for one in found):
        own = [one for one in found if one.command == name and one.key not in shared]
        if own:
            click.echo(f"\n[{name}]")
        for one in own:
            click.echo(_line(one))


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


@command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, *, shell: str) -> None:
    """Cetak pelengkap perintah / Print shell completion.

    \b
    Contoh / Example:
      warta completion bash > ~/.local/share/bash-completion/completions/warta
    """
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found is not None
    click.echo(found(ctx.find_root().command, {}, "warta", "_WARTA_COMPLETE").source())
