"""``warta serve`` with an option for each setting of the server, and ``warta completion``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from index.console import NamedPath, command, index_option
from index.settings import setting
from web.option_types import BaseUrlType, HostType, NetworkType, ReadType
from web.rates import short, storage
from web.settings import DEFAULTS, LogFormat, ServerSettings

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
        type=NamedPath(path_type=Path),
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
        type=BaseUrlType(),
        metavar="URL",
        help="Alamat peladen bagi pembaca, bila ada proksi di depan. / The address under which"
        " readers reach the server, where a proxy is in front.",
    ),
    setting(
        "--trusted-host",
        "trusted_hosts",
        multiple=True,
        type=HostType(),
        metavar="NAMA",
        help="Nama host yang dilayani; .example.com: semua di bawahnya. Bawaan: semua. / A host"
        " name that is served; .example.com: all below it. Default: any.",
    ),
    setting(
        "--trusted-proxy",
        "trusted_proxies",
        multiple=True,
        type=NetworkType(),
        metavar="JARINGAN",
        help="Proksi yang X-Forwarded-*-nya dipercaya: alamat, jaringan, atau unix. / A proxy whose"
        " X-Forwarded-* is believed: an address, a network, or unix.",
    ),
    setting(
        "--rate-limit",
        type=ReadType(
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
        type=ReadType(
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
        type=NamedPath(file_okay=False, path_type=Path),
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
